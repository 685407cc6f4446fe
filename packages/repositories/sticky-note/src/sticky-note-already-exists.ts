import { EntityAlreadyExists } from '@holdfast/errors';

/** The name is taken in its domain, or the id is taken. Status 409, code `sticky-note_create_already-exists`. */
export class StickyNoteAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('sticky-note', 'A sticky note of this name, or of this id, exists already.', cause);
  }
}
