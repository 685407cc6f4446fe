import { EntityAlreadyExists } from '@holdfast/errors';

/** The domain has a group of this name, deleted or not, or the id is taken. Status 409, code `group_create_already-exists`. */
export class GroupAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('group', 'A group of this name, or of this id, exists already.', cause);
  }
}
