import { EntityAlreadyExists } from '@holdfast/errors';

/** The name is taken among its user's, or the id is taken. Status 409, code `execution_create_already-exists`. */
export class ExecutionAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('execution', 'An execution of this name, or of this id, exists already.', cause);
  }
}
