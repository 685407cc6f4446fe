import { fields, usualOperators } from '@holdfast/querier';
import type { StickyNoteRow } from './sticky-note-row.js';
import { STICKY_NOTE_STATUSES } from './sticky-note-status.js';

const { range } = usualOperators;

/** What a request may filter sticky notes by and order them by. */
export const stickyNoteFields = fields<StickyNoteRow>({
  id: { type: 'uuid', operators: ['eq', 'in'] },
  name: { type: 'text', operators: ['eq', 'in', 'ieq', 'contains', 'icontains', 'startsWith'], order: true },
  description: { type: 'text', operators: ['contains', 'icontains', 'isNull'] },
  status: { type: 'text', values: STICKY_NOTE_STATUSES, operators: ['eq', 'ne', 'in', 'notIn'], order: true },
  statusChangedAt: { type: 'timestamp', operators: range },
  createdAt: { type: 'timestamp', operators: range, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
