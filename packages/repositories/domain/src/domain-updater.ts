import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import type { DomainRow } from './domain-row.js';
import type { DomainUpdate } from './domain-update.js';
import { vfolderHosts } from './vfolder-hosts.js';

const changeable: ReadonlySet<string> = new Set<keyof DomainUpdate>([
  'description',
  'isActive',
  'totalResourceSlots',
  'allowedVfolderHosts',
  'allowedDockerRegistries',
  'integrationId',
]);

/**
 * The changes of a domain's row. Throws `InvalidInput`: `UNKNOWN_FIELD` for what is not changed this way, also where types
 * were got around; else for values that are none.
 */
export function domainUpdater(update: DomainUpdate): UpdaterSpec<DomainRow> {
  checkChanges(update, changeable);
  const checks = { totalResourceSlots: resourceSlot, allowedVfolderHosts: vfolderHosts };
  return { changes: checkedChange(update, checks) satisfies Changes<DomainRow> };
}
