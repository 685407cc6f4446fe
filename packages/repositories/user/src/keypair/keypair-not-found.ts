import type { AccessKey } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such key pair in the scope that was given, or it is revoked. Status 404, code `keypair_read_not-found`. */
export class KeypairNotFound extends EntityNotFound {
  readonly accessKey: AccessKey;

  constructor(accessKey: AccessKey) {
    super('keypair', `No key pair ${accessKey}.`);
    this.accessKey = accessKey;
  }
}
