import type { AccessKey } from '@holdfast/domain-types';
import type { SecretKeys } from '@holdfast/secrets';
import type { SealedRows } from '@holdfast/standard-repository';
import { KeypairSecretRow } from './keypair-secret-row.js';
import { placeOf } from './secret-place.js';

/** The secrets of key pairs, to be sealed anew. */
export function sealedRows(secrets: SecretKeys): SealedRows<KeypairSecretRow, AccessKey> {
  return { entity: KeypairSecretRow, columns: ['sealed'], place: placeOf, secrets };
}
