import { EntityAlreadyExists } from '@holdfast/errors';

/** The name or the id is taken, be it by a deleted domain. Status 409, code `domain_create_already-exists`. */
export class DomainAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('domain', 'A domain of this name, or of this id, exists already.', cause);
  }
}
