import { CheckViolation, entityOperations, UniqueViolation, type WriteOptions } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { standardDbSource, transition } from '@holdfast/standard-repository';
import { StickyNoteAlreadyExists } from './sticky-note-already-exists.js';
import { stickyNoteCreator } from './sticky-note-creator.js';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteInfo } from './sticky-note-info.js';
import { StickyNoteNotFound } from './sticky-note-not-found.js';
import { stickyNoteDbSourceResilience } from './sticky-note-resilience.js';
import { StickyNoteRow, toStickyNoteInfo } from './sticky-note-row.js';
import type { StickyNoteStatus } from './sticky-note-status.js';
import { stickyNoteTransition } from './sticky-note-transition.js';
import { stickyNoteUpdater } from './sticky-note-updater.js';

const stickyNotes = entityOperations<StickyNoteRow, StickyNoteInfo, StickyNoteId>({
  entity: StickyNoteRow,
  toData: toStickyNoteInfo,
  notFound: (id) => new StickyNoteNotFound(id),
  alreadyExists: () => new StickyNoteAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
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

const standard = standardDbSource(stickyNoteDbSourceResilience, {
  operations: stickyNotes,
  creator: stickyNoteCreator,
  updater: stickyNoteUpdater,
});

/** All SQL on sticky notes. */
export class StickyNoteDbSource extends standard {
  @stickyNoteDbSourceResilience.apply()
  updateStatus(
    scope: Scope<StickyNoteRow>,
    id: StickyNoteId,
    to: StickyNoteStatus,
    options?: WriteOptions,
  ): Promise<StickyNoteInfo> {
    return transition(this.executor, stickyNotes, scope, id, stickyNoteTransition(to), options);
  }
}
