import type { AccessKey } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A key pair is not in the state that was asked something of: it is inactive, its user is deleted, or another came in its
 * place already. Status 409, code `keypair_update_conflict`.
 */
export class KeypairConflict extends HoldfastError {
  readonly accessKey: AccessKey;
  readonly reason: 'inactive' | 'user-deleted' | 'replaced';

  constructor(accessKey: AccessKey, reason: KeypairConflict['reason'], cause?: unknown) {
    super({
      code: errorCode('keypair', 'update', 'conflict'),
      message: `Key pair ${accessKey}: ${messages[reason]}`,
      httpStatus: 409,
      cause,
    });
    this.accessKey = accessKey;
    this.reason = reason;
  }
}

const messages: Readonly<Record<KeypairConflict['reason'], string>> = {
  inactive: 'it is not active.',
  'user-deleted': 'its user is deleted.',
  replaced: 'another one came in its place already.',
};
