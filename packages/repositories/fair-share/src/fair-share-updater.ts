import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { fairShareWeight } from './calculator/fair-share-weight.js';
import type { FairShareRow } from './fair-share-row.js';
import type { FairShareUpdate } from './fair-share-update.js';

const changeable: ReadonlySet<string> = new Set<keyof FairShareUpdate>(['weight', 'resourceWeights']);

/** The changes of a fair share's row. Throws `InvalidInput` for what is not changed this way, and for weights that are none. */
export function fairShareUpdater(update: FairShareUpdate): UpdaterSpec<FairShareRow> {
  checkChanges(update, changeable);
  const changes = checkedChange(update, {
    weight: (weight: string | number | null, pointer: string) =>
      weight === null ? null : fairShareWeight(weight, pointer),
    resourceWeights: resourceSlot,
  });
  return { changes: changes as Changes<FairShareRow> };
}
