import { type UnitWrite, unitSpec } from '@holdfast/base';
import type { ResourceSlot, ScalingGroupName } from '@holdfast/domain-types';
import { calculatedShares } from './calculated-shares.js';
import type { CalculatedShare } from './calculated-share.js';
import { dayOf } from './calculator/calendar-day.js';
import { type FairShareContext, lookbackOf } from './calculator/fair-share-calculator.js';
import type { FairShareSpec } from './calculator/fair-share-spec.js';
import { groupShares, groupUsage } from './group-usage.js';
import { pieces } from './pieces.js';
import { storeShares } from './store-shares.js';

/** How a resource group's fair shares are calculated, and as of when. */
export interface FairShareCalculation {
  /** Made by `fairShareSpec`. */
  readonly spec: FairShareSpec;
  /** What the resource group has. Slots of which it has nothing do not count. */
  readonly capacity: ResourceSlot;
  /** Use decays up to its day, in UTC; later days do not count. */
  readonly calculatedAt: Date;
}

/** Calculates and stores all fair shares of a resource group, in one transaction. A later calculation's are left alone. */
export function calculateFairShares(
  name: ScalingGroupName,
  { spec, capacity, calculatedAt }: FairShareCalculation,
): UnitWrite<readonly CalculatedShare[]> {
  const context: FairShareContext = { spec, capacity, today: dayOf(calculatedAt) };
  return unitSpec(
    'calculateFairShares',
    async (unit): Promise<readonly CalculatedShare[]> => {
      const usage = await unit.execute(groupUsage(name, lookbackOf(context)));
      const shares = calculatedShares(context, usage, await unit.execute(groupShares(name)));
      // In one order for all callers.
      const sorted = [...shares].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const piece of pieces(sorted)) await unit.execute(storeShares(piece, lookbackOf(context), calculatedAt));
      return Object.freeze(shares);
    },
    { payload: () => JSON.stringify([name, spec, capacity, calculatedAt]) },
  );
}
