import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { checkedChange } from '@holdfast/standard-repository';
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
  const stray = Object.keys(update).find((property) => !changeable.has(property));
  if (stray !== undefined) throw new InvalidInput('UNKNOWN_FIELD', `${stray} cannot be changed.`, `/${stray}`);
  return { changes: checkedChange(update, { totalResourceSlots: resourceSlot }) satisfies Changes<DomainRow> };
}
