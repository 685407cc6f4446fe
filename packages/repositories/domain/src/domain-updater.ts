import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { changedTo, checkChanges } from '@holdfast/standard-repository';
import type { DomainRow } from './domain-row.js';
import type { DomainUpdate } from './domain-update.js';

const changeable: ReadonlySet<string> = new Set<keyof DomainUpdate>([
  'description',
  'isActive',
  'totalResourceSlots',
  'allowedVfolderHosts',
  'allowedDockerRegistries',
  'integrationId',
]);

/**
 * The changes of a domain's row. Throws `InvalidInput` (`UNKNOWN_FIELD`) for what is not changed this way, also where
 * types were got around.
 */
export function domainUpdater(update: DomainUpdate): UpdaterSpec<DomainRow> {
  checkChanges(update, changeable);
  const slots = changedTo(update.totalResourceSlots);
  // Null is missed, and said to be, by its column.
  if (slots !== undefined && slots !== null) resourceSlot(slots, '/totalResourceSlots');
  return { changes: update satisfies Changes<DomainRow> };
}
