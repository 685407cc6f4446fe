import type { WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardDbSource, transition } from '@holdfast/standard-repository';
import { stickyNoteCreator } from './sticky-note-creator.js';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteInfo } from './sticky-note-info.js';
import { stickyNotes } from './sticky-note-operations.js';
import { stickyNoteDbSourceResilience } from './sticky-note-resilience.js';
import type { StickyNoteRow } from './sticky-note-row.js';
import type { StickyNoteStatus } from './sticky-note-status.js';
import { stickyNoteTransition } from './sticky-note-transition.js';
import { stickyNoteUpdater } from './sticky-note-updater.js';

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
