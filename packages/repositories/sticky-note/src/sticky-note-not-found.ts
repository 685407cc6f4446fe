import { EntityNotFound } from '@holdfast/errors';
import type { StickyNoteId } from './sticky-note-id.js';

/** No such sticky note in the scope that was given. Status 404, code `sticky-note_read_not-found`. */
export class StickyNoteNotFound extends EntityNotFound {
  readonly stickyNoteId: StickyNoteId;

  constructor(stickyNoteId: StickyNoteId) {
    super('sticky-note', `No sticky note ${stickyNoteId}.`);
    this.stickyNoteId = stickyNoteId;
  }
}
