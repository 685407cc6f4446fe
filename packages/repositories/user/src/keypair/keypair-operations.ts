import { entityOperations, UniqueViolation } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import { KeypairAlreadyExists } from './keypair-already-exists.js';
import type { KeypairInfo } from './keypair-info.js';
import { KeypairNotFound } from './keypair-not-found.js';
import { KeypairRow, toKeypairInfo } from './keypair-row.js';

/** The standard operations on the table `keypairs`, of which revoked ones are gone. */
export const keypairs = entityOperations<KeypairRow, KeypairInfo, AccessKey>({
  entity: KeypairRow,
  toData: toKeypairInfo,
  notFound: (accessKey) => new KeypairNotFound(accessKey),
  alreadyExists: () => new KeypairAlreadyExists(),
  softDelete: 'revokedAt',
  integrityErrorChecks: [
    {
      violation: UniqueViolation,
      constraint: 'keypairs_pkey',
      error: (violation) => new KeypairAlreadyExists(violation),
    },
  ],
});
