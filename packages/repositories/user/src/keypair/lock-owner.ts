import type { UnitOfWork } from '@holdfast/base';
import type { AccessKey, UserId } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import type { UserInfo } from '../user-info.js';
import { users } from '../user-operations.js';
import { userScope } from '../user-scopes.js';
import { KeypairConflict } from './keypair-conflict.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';

/**
 * Locks the user of a key pair, before any of its key pairs: whoever deletes a user takes its locks in the same order.
 * Throws `KeypairNotFound`, and `KeypairConflict` where the user is deleted.
 */
export async function lockOwner(
  unit: UnitOfWork,
  scope: Scope<KeypairRow>,
  accessKey: AccessKey,
): Promise<{ readonly userId: UserId; readonly user: UserInfo }> {
  const { userId } = await unit.execute(keypairs.get(scope, accessKey));
  const user = await unit.execute(users.find(userScope(userId), userId, { lock: 'noKeyUpdate' }));
  if (user === null) throw new KeypairConflict(accessKey, 'user-deleted');
  return { userId, user };
}
