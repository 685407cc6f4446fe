import { type CreatorSpec, UniqueViolation, type UnitOfWork, type UnitWrite } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { AccessKey, UserId } from '@holdfast/domain-types';
import { freeze, type Scope } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import { checkMembers } from '@holdfast/standard-repository';
import type { UserInfo } from '../user-info.js';
import { users } from '../user-operations.js';
import type { UserRow } from '../user-row.js';
import type { KeypairCreationSpec } from './keypair-creation-spec.js';
import { KeypairConflict } from './keypair-conflict.js';
import { noDefault } from './keypair-default.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';
import { keypairUserScope } from './keypair-scopes.js';
import type { KeypairWithSecret } from './keypair-with-secret.js';
import { newKeypair } from './new-keypair.js';
import { storeSecret } from './secret-operations.js';
import { placeOf } from './secret-place.js';
import { keypairUnit } from './keypair-unit.js';

const given: ReadonlySet<string> = new Set<keyof KeypairCreationSpec>(['isDefault', 'resourcePolicy', 'rateLimit']);

/**
 * Makes a key pair for a user of the scope. The user is locked, so that it is not deleted meanwhile, its role does not
 * change, and it gets one default at a time.
 */
export function keypairCreation(
  secrets: SecretKeys,
  scope: Scope<UserRow>,
  userId: UserId,
  spec: KeypairCreationSpec,
): UnitWrite<KeypairWithSecret> {
  checkMembers(spec, given);
  const { isDefault = false, resourcePolicy, rateLimit } = spec;
  if (rateLimit !== undefined && !(rateLimit >= 0)) {
    throw new InvalidInput('INVALID_VALUE', 'A rate limit is a number of requests from 0.', '/rateLimit');
  }
  const asked = [userId, isDefault, resourcePolicy ?? null, rateLimit ?? null];
  return keypairUnit('createKeypair', scope, asked, async (unit) => {
    const user = await unit.execute(users.get(scope, userId, { lock: 'noKeyUpdate' }));
    if (isDefault) await unit.execute(noDefault(user.id));
    return insertKeypair(unit, secrets, user, { ...spec, predecessor: null });
  });
}

/** What a new key pair is stored with. */
type NewKeypairValues = KeypairCreationSpec & { readonly predecessor: AccessKey | null };

/** Stores both halves of a new key pair of a user, who is locked. */
export async function insertKeypair(
  unit: UnitOfWork,
  secrets: SecretKeys,
  user: UserInfo,
  values: NewKeypairValues,
): Promise<KeypairWithSecret> {
  const { accessKey, secretKey } = newKeypair();
  const keypair = await unit.execute(keypairs.create(keypairUserScope(user.id), rowOf(accessKey, user, values)));
  await unit.execute(storeSecret(accessKey, secrets.seal(secretKey.reveal(), placeOf(accessKey))));
  return freeze({ keypair, secretKey });
}

function rowOf(
  accessKey: AccessKey,
  { domainName, role: userRole }: UserInfo,
  { predecessor, isDefault = false, ...limits }: NewKeypairValues,
): CreatorSpec<KeypairRow> {
  return {
    values: { accessKey, domainName, userRole, isDefault, predecessor, ...limits },
    integrityErrorChecks: [
      {
        violation: UniqueViolation,
        constraint: 'keypairs_predecessor_key',
        error: (violation) => new KeypairConflict(predecessor!, 'replaced', violation),
      },
    ],
  };
}
