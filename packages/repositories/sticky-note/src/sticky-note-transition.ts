import { databaseTime } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Transition } from '@holdfast/standard-repository';
import { StickyNoteConditions } from './sticky-note-conditions.js';
import type { StickyNoteInfo } from './sticky-note-info.js';
import type { StickyNoteRow } from './sticky-note-row.js';
import { StickyNoteStatusConflict } from './sticky-note-status-conflict.js';
import {
  isLegalTransition,
  legalPredecessors,
  STICKY_NOTE_STATUSES,
  type StickyNoteStatus,
} from './sticky-note-status.js';

/** The move to a status. Throws `InvalidInput` where there is no such status. */
export function stickyNoteTransition(to: StickyNoteStatus): Transition<StickyNoteRow, StickyNoteInfo> {
  if (!STICKY_NOTE_STATUSES.includes(to))
    throw new InvalidInput('INVALID_VALUE', 'There is no such status.', '/status');
  return {
    condition: StickyNoteConditions.statusIn(legalPredecessors(to)),
    changes: { status: to, statusChangedAt: databaseTime },
    isLegal: ({ status }) => isLegalTransition(status, to),
    conflict: ({ id, status }) => new StickyNoteStatusConflict(id, status, to),
  };
}
