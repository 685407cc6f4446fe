import type { ResourceSlot } from '@holdfast/domain-types';
import { type CalendarDay, plusDays } from './calendar-day.js';
import { type DailyUsage, decayedUsage, decayFactors, storedUsage } from './decayed-usage.js';
import { effectiveResourceWeights } from './effective-resource-weights.js';
import { stored } from './exact.js';
import { fairShareFactor } from './fair-share-factor.js';
import type { FairShareSpec } from './fair-share-spec.js';
import { normalizedUsage } from './normalized-usage.js';

/** What is the same for all entities of a resource group. */
export interface FairShareContext {
  readonly spec: FairShareSpec;
  /** What the resource group has. */
  readonly capacity: ResourceSlot;
  readonly today: CalendarDay;
}

/** What is known of a domain, a project or a user. */
export interface FairShareInput {
  readonly usage: Iterable<DailyUsage>;
  /** Null: the default of the resource group. */
  readonly weight: string | null;
  readonly resourceWeights: ResourceSlot;
}

/** Its fair share, as decimal text. */
export interface FairShareResult {
  readonly totalDecayedUsage: ResourceSlot;
  readonly normalizedUsage: string;
  readonly fairShareFactor: string;
}

/** The first and the last day that count. */
export function lookbackOf({ spec, today }: FairShareContext): readonly [start: CalendarDay, end: CalendarDay] {
  return [plusDays(today, 1 - spec.lookbackDays), today];
}

/** Calculates fair shares of a resource group, one entity at a time. Pure: asks no clock and no database. */
export function fairShareCalculator(context: FairShareContext): (input: FairShareInput) => FairShareResult {
  const { spec, capacity, today } = context;
  const factors = decayFactors(spec);
  return ({ usage, weight, resourceWeights }) => {
    const decayed = decayedUsage(usage, today, factors);
    const weights = effectiveResourceWeights(resourceWeights, spec.resourceWeights, capacity).resourceWeights;
    const normalized = normalizedUsage(decayed, capacity, weights, spec.lookbackDays);
    return Object.freeze({
      totalDecayedUsage: storedUsage(decayed),
      normalizedUsage: stored(normalized),
      fairShareFactor: stored(fairShareFactor(normalized, weight ?? spec.defaultWeight)),
    });
  };
}
