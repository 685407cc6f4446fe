import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { containerRegistry } from './container-registry.js';
import { groupName } from './group-name.js';
import type { GroupRow } from './group-row.js';
import type { GroupUpdate } from './group-update.js';

const changeable: ReadonlySet<string> = new Set<keyof GroupUpdate>([
  'name',
  'description',
  'isActive',
  'totalResourceSlots',
  'integrationId',
  'containerRegistry',
]);

/**
 * The changes of a group's row. Throws `InvalidInput`: `UNKNOWN_FIELD` for what is not changed this way, also where types
 * were got around, and `INVALID_ID` for a name that is none; else for values that are none.
 */
export function groupUpdater(update: GroupUpdate): UpdaterSpec<GroupRow> {
  checkChanges(update, changeable);
  const checks = { name: groupName, totalResourceSlots: resourceSlot, containerRegistry };
  return { changes: checkedChange(update, checks) satisfies Changes<GroupRow> };
}
