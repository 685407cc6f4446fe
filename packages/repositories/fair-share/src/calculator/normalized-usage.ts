import type { ResourceSlot } from '@holdfast/domain-types';
import type { Decimal } from 'decimal.js';
import { Ratio } from './exact.js';

const DAY_SECONDS = 86_400;

/**
 * Which part of what there was of a resource group was used: of each slot, its use by what there was of it over the
 * lookback, and of these the mean by `resourceWeights` (a slot that is left out counts 1). Slots of which the group has
 * nothing do not count; with none left nothing was used.
 */
export function normalizedUsage(
  usage: ReadonlyMap<string, Decimal>,
  capacity: ResourceSlot,
  resourceWeights: ResourceSlot,
  lookbackDays: number,
): Decimal {
  let used = new Ratio(0);
  let weights = new Ratio(0);
  for (const [slot, amount] of Object.entries(capacity)) {
    const available = new Ratio(amount).times(lookbackDays).times(DAY_SECONDS);
    if (available.isZero()) continue;
    const weight = new Ratio(Object.hasOwn(resourceWeights, slot) ? resourceWeights[slot]! : 1);
    used = used.plus(weight.times(usage.get(slot) ?? 0).div(available));
    weights = weights.plus(weight);
  }
  return weights.isZero() ? weights : used.div(weights);
}
