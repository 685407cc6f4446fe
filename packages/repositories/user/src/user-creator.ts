import type { CreatorSpec } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import { checkUserValues } from './check-user-values.js';
import { phcOf } from './password/password-hash.js';
import type { UserCreationSpec } from './user-creation-spec.js';
import { USER_ROLES } from './user-role.js';
import type { UserRow } from './user-row.js';
import { LIVE_USER_STATUSES } from './user-status.js';
import { checkEmail, checkUsername } from './user-texts.js';

const given: ReadonlySet<string> = new Set<keyof UserCreationSpec>([
  'id',
  'username',
  'email',
  'password',
  'domainName',
  'role',
  'status',
  'statusInfo',
  'fullName',
  'description',
  'integrationId',
  'needPasswordChange',
  'allowedClientIps',
  'resourcePolicy',
  'containerUid',
  'containerMainGid',
  'containerGids',
]);

/**
 * The row of a new user. Throws `InvalidInput`: `UNKNOWN_FIELD` for what the database says of a user, also where types were
 * got around.
 */
export function userCreator(spec: UserCreationSpec): CreatorSpec<UserRow> {
  checkMembers(spec, given);
  const { password, role = 'user', status = 'active', ...values } = spec;
  checkUsername(values.username);
  checkEmail(values.email);
  checkUserValues(values);
  if (password !== undefined && password !== null) phcOf(password);
  if (!USER_ROLES.includes(role)) throw new InvalidInput('INVALID_VALUE', 'No role of a user.', '/role');
  if (!LIVE_USER_STATUSES.includes(status)) {
    throw new InvalidInput('INVALID_VALUE', 'No status of a new user.', '/status');
  }
  return {
    // What the scope or the database gives must stay absent here.
    values: { ...values, role, liveStatus: status },
  };
}
