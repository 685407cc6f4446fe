import type { UpdaterSpec } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { USER_ROLES, type UserRole } from './user-role.js';
import type { UserRow } from './user-row.js';

/** The change of a user's role. Its key pairs follow by their foreign key. Throws `InvalidInput` where there is no such role. */
export function roleChange(role: UserRole): UpdaterSpec<UserRow> {
  if (!USER_ROLES.includes(role)) throw new InvalidInput('INVALID_VALUE', 'No role of a user.', '/role');
  return { changes: { role } };
}
