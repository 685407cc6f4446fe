import { CheckViolation, entityOperations, UniqueViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { missingValue } from '@holdfast/standard-repository';
import { StickyNoteAlreadyExists } from './sticky-note-already-exists.js';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteInfo } from './sticky-note-info.js';
import { StickyNoteNotFound } from './sticky-note-not-found.js';
import { StickyNoteRow, toStickyNoteInfo } from './sticky-note-row.js';

/** The standard operations on the table `sticky_notes`. */
export const stickyNotes = entityOperations<StickyNoteRow, StickyNoteInfo, StickyNoteId>({
  entity: StickyNoteRow,
  toData: toStickyNoteInfo,
  notFound: (id) => new StickyNoteNotFound(id),
  alreadyExists: () => new StickyNoteAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(StickyNoteRow, {
      domainName: 'The domain is missing: neither the scope nor the spec gives it.',
    }),
    {
      violation: UniqueViolation,
      constraint: 'sticky_notes_live_name_key',
      error: (violation) => new StickyNoteAlreadyExists(violation),
    },
    {
      violation: CheckViolation,
      constraint: 'sticky_notes_name_check',
      error: (violation) => new InvalidInput('INVALID_VALUE', 'The name is empty.', '/name', violation),
    },
  ],
});
