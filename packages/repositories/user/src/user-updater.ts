import type { Changes, UpdaterSpec } from '@holdfast/base';
import { checkChanges } from '@holdfast/standard-repository';
import { checkUserValues } from './check-user-values.js';
import type { UserRow } from './user-row.js';
import type { UserUpdate } from './user-update.js';

const changeable: ReadonlySet<string> = new Set<keyof UserUpdate>([
  'username',
  'email',
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
 * The changes of a user's row. Throws `InvalidInput`: `UNKNOWN_FIELD` for what is not changed this way, also where types
 * were got around, and `INVALID_VALUE` for a value that has not its form.
 */
export function userUpdater(update: UserUpdate): UpdaterSpec<UserRow> {
  checkChanges(update, changeable);
  checkUserValues(Object.fromEntries(Object.entries(update).map(([property, change]) => [property, valueOf(change)])));
  return { changes: update satisfies Changes<UserRow> };
}

/** What is set by a change: by itself, or by the state that says it. */
function valueOf(change: unknown): unknown {
  const isState = typeof change === 'object' && change !== null && 'kind' in change && 'value' in change;
  return isState ? change.value : change;
}
