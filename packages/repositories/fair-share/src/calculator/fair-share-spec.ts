import { checkObject } from '@holdfast/base';
import { type ResourceSlot, resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import { fairShareWeight } from './fair-share-weight.js';

/** How fair shares of a resource group are calculated; made by `fairShareSpec`. */
export interface FairShareSpec {
  /** After so many days, use counts half. Default 7. */
  readonly halfLifeDays: number;
  /** How many days count, today among them. Default 28. */
  readonly lookbackDays: number;
  /** Use decays in steps of so many days. Default 1. */
  readonly decayUnitDays: number;
  /** The weight of whoever has none of its own. Default 1. */
  readonly defaultWeight: string;
  /** How much each slot counts beside the others. One that is left out counts 1. Default: all do. */
  readonly resourceWeights: ResourceSlot;
}

/** What differs from the defaults. */
export type FairShareSpecValues = Partial<Omit<FairShareSpec, 'defaultWeight'>> & {
  readonly defaultWeight?: string | number;
};

const known: ReadonlySet<string> = new Set<keyof FairShareSpec>([
  'halfLifeDays',
  'lookbackDays',
  'decayUnitDays',
  'defaultWeight',
  'resourceWeights',
]);
const MOST_DAYS = 3_660;

/**
 * Checks how fair shares are calculated, and adds the defaults. Throws `InvalidInput`, pointing at what is wrong: days that
 * are no whole number from 1 to 3,660 (a half-life may be a fraction, above 0), a weight that is none.
 */
export function fairShareSpec(values: FairShareSpecValues = {}): FairShareSpec {
  checkObject(values, '');
  checkMembers(values, known);
  const { halfLifeDays = 7, lookbackDays = 28, decayUnitDays = 1, defaultWeight = '1', resourceWeights = {} } = values;
  if (!(typeof halfLifeDays === 'number' && halfLifeDays > 0 && halfLifeDays <= MOST_DAYS)) {
    throw new InvalidInput('INVALID_VALUE', 'A half-life is above zero, in days.', '/halfLifeDays');
  }
  checkDays(lookbackDays, '/lookbackDays');
  checkDays(decayUnitDays, '/decayUnitDays');
  return Object.freeze({
    halfLifeDays,
    lookbackDays,
    decayUnitDays,
    defaultWeight: fairShareWeight(defaultWeight, '/defaultWeight'),
    resourceWeights: resourceSlot(resourceWeights, '/resourceWeights'),
  });
}

function checkDays(days: number, pointer: string): void {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return;
  throw new InvalidInput('INVALID_VALUE', 'A whole number of days is needed here, at least 1.', pointer);
}
