import { EntityAlreadyExists } from '@holdfast/errors';

/** The user has a live session of this name, or the id is taken. Status 409, code `session_create_already-exists`. */
export class SessionAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('session', 'A live session of this name, or of this id, exists already.', cause);
  }
}
