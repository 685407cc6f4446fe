import type { ResourceSlot } from '@holdfast/domain-types';
import type { Decimal } from 'decimal.js';
import { type CalendarDay, daysBetween } from './calendar-day.js';
import { Exact, halved, Ratio, stored } from './exact.js';
import type { FairShareSpec } from './fair-share-spec.js';

/** What was used on one day, in amounts times seconds. */
export interface DailyUsage {
  readonly day: CalendarDay;
  readonly resourceUsage: ResourceSlot;
}

/** What use of so many days ago still counts: half after each half-life; today's, and a future day's, counts whole. */
function decayFactor(
  daysAgo: number,
  { halfLifeDays, decayUnitDays }: Pick<FairShareSpec, 'halfLifeDays' | 'decayUnitDays'>,
): Decimal {
  const steps = Math.floor(daysAgo / decayUnitDays) * decayUnitDays;
  return steps <= 0 ? new Exact(1) : new Exact(halved(new Ratio(steps).div(halfLifeDays)));
}

/** The factors of the days that count, computed once: today's first. */
export function decayFactors(spec: FairShareSpec): readonly Decimal[] {
  return Array.from({ length: spec.lookbackDays }, (_, daysAgo) => decayFactor(daysAgo, spec));
}

/**
 * What was used on the days that count, decayed up to `today`: whoever used nothing lately has less with every day. Days
 * before the lookback, and after `today`, do not count.
 */
export function decayedUsage(
  usage: Iterable<DailyUsage>,
  today: CalendarDay,
  factors: readonly Decimal[],
): ReadonlyMap<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { day, resourceUsage } of usage) {
    const factor = factors[daysBetween(day, today)];
    if (factor === undefined) continue;
    for (const [slot, amount] of Object.entries(resourceUsage)) {
      sums.set(slot, factor.times(amount).plus(sums.get(slot) ?? 0));
    }
  }
  return sums;
}

/** The same as it is stored, in the order in which it is read again: shorter names first. */
export function storedUsage(usage: ReadonlyMap<string, Decimal>): ResourceSlot {
  const slots = [...usage].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return Object.freeze(
    Object.fromEntries(slots.map(([slot, amount]) => [slot, stored(amount)])),
  ) as unknown as ResourceSlot;
}
