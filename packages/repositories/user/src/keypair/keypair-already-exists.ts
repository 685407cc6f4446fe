import { EntityAlreadyExists } from '@holdfast/errors';

/** The access key is taken. Status 409, code `keypair_create_already-exists`. */
export class KeypairAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('keypair', 'A key pair of this access key exists already.', cause);
  }
}
