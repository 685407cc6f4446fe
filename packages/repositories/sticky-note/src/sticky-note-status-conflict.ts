import { errorCode, HoldfastError } from '@holdfast/errors';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteStatus } from './sticky-note-status.js';

/** It cannot go from the status that it is in to the one that was asked for. Status 409, code `sticky-note_update_conflict`. */
export class StickyNoteStatusConflict extends HoldfastError {
  readonly stickyNoteId: StickyNoteId;
  readonly from: StickyNoteStatus;
  readonly to: StickyNoteStatus;

  constructor(stickyNoteId: StickyNoteId, from: StickyNoteStatus, to: StickyNoteStatus) {
    super({
      code: errorCode('sticky-note', 'update', 'conflict'),
      message: `${stickyNoteId} is ${from} and cannot become ${to}.`,
      httpStatus: 409,
    });
    this.stickyNoteId = stickyNoteId;
    this.from = from;
    this.to = to;
  }
}
