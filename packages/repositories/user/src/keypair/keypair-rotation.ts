import type { UnitWrite } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import { KeypairConflict } from './keypair-conflict.js';
import { insertKeypair } from './keypair-creation.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';
import type { KeypairWithSecret } from './keypair-with-secret.js';
import { lockOwner } from './lock-owner.js';
import { keypairUnit } from './keypair-unit.js';

const off = { changes: { isActive: false, isDefault: false } };

/**
 * Makes a key pair in place of an active one, with its limits, and as the default where it was that; the old one is
 * switched off. Of two at once one finds it switched off; and no key pair has two successors: a unique constraint says so.
 */
export function keypairRotation(
  secrets: SecretKeys,
  scope: Scope<KeypairRow>,
  accessKey: AccessKey,
): UnitWrite<KeypairWithSecret> {
  return keypairUnit('rotateKeypair', scope, [accessKey], async (unit) => {
    const { user } = await lockOwner(unit, scope, accessKey);
    const old = await unit.execute(keypairs.get(scope, accessKey, { lock: 'update' }));
    if (!old.isActive) throw new KeypairConflict(old.accessKey, 'inactive');
    await unit.execute(keypairs.update(scope, accessKey, off));
    const { isDefault, resourcePolicy, rateLimit } = old;
    return insertKeypair(unit, secrets, user, { isDefault, resourcePolicy, rateLimit, predecessor: old.accessKey });
  });
}
