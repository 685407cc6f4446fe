import { entityOperations, type StatementWrite, type WriteSpec } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { KeypairAlreadyExists } from './keypair-already-exists.js';
import { KeypairNotFound } from './keypair-not-found.js';
import { KeypairSecretRow } from './keypair-secret-row.js';

// What is written comes back without its secret.
const secrets = entityOperations<KeypairSecretRow, AccessKey, AccessKey>({
  entity: KeypairSecretRow,
  toData: ({ accessKey }) => accessKey,
  notFound: (accessKey) => new KeypairNotFound(accessKey),
  alreadyExists: () => new KeypairAlreadyExists(),
});

const ofKeypairs = unscoped('the secret of a key pair that was made or found in its scope');

/** Stores the secret of a new key pair. */
export function storeSecret(accessKey: AccessKey, sealed: string): StatementWrite<unknown> {
  return secrets.create(ofKeypairs, { values: { accessKey, sealed } });
}

/** Removes a secret for good. */
export function destroySecret(accessKey: AccessKey): WriteSpec<unknown> {
  return secrets.purge(ofKeypairs, accessKey);
}
