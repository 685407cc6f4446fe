import type { StatementWrite, UnitWrite } from '@holdfast/base';
import type { AccessKey, UserId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import { KeypairConditions } from './keypair-conditions.js';
import { KeypairConflict } from './keypair-conflict.js';
import type { KeypairInfo } from './keypair-info.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';
import { keypairUserScope } from './keypair-scopes.js';
import { lockOwner } from './lock-owner.js';
import { keypairUnit } from './keypair-unit.js';

/** Leaves a user without a default key pair. The user is locked before. */
export function noDefault(userId: UserId): StatementWrite<unknown> {
  const changes = { isDefault: false };
  return keypairs.batchUpdate(keypairUserScope(userId), KeypairConditions.isDefault(), { changes });
}

/** Makes an active key pair its user's default, in place of the one that is. */
export function defaultChange(scope: Scope<KeypairRow>, accessKey: AccessKey): UnitWrite<KeypairInfo> {
  const change = { changes: { isDefault: true } };
  return keypairUnit('setDefaultKeypair', scope, [accessKey], async (unit) => {
    const { userId } = await lockOwner(unit, scope, accessKey);
    await unit.execute(noDefault(userId));
    const changed = await unit.execute(keypairs.updateIf(scope, accessKey, KeypairConditions.isActive(), change));
    if (changed !== null) return changed;
    const { accessKey: found } = await unit.execute(keypairs.get(scope, accessKey));
    throw new KeypairConflict(found, 'inactive');
  });
}
