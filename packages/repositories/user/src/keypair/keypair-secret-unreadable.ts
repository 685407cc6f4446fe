import type { AccessKey } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * The secret of a key pair was sealed with a key that `KeypairSecrets` was not given, or it was changed. Status 500, code
 * `keypair_read_internal-error`.
 */
export class KeypairSecretUnreadable extends HoldfastError {
  readonly accessKey: AccessKey;

  constructor(accessKey: AccessKey) {
    super({
      code: errorCode('keypair', 'read', 'internal-error'),
      message: 'The secret of this key pair cannot be read.',
      httpStatus: 500,
    });
    this.accessKey = accessKey;
  }
}
