import { describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { type FairShareResult, fairShareCalculator, fairShareSpec, type FairShareSpecValues } from '../../src/index.js';

const today = '2026-01-31';
/** One CPU for all of 28 days. */
const ALL = 28 * 86_400;

interface Given {
  readonly usage?: Readonly<Record<string, object>>;
  readonly weight?: string;
  readonly own?: object;
  readonly capacity?: object;
  readonly spec?: FairShareSpecValues;
}

function share({ usage = {}, weight, own = {}, capacity = { cpu: 1 }, spec = {} }: Given): FairShareResult {
  const calculate = fairShareCalculator({
    spec: fairShareSpec(spec),
    capacity: resourceSlot(capacity as never),
    today,
  });
  return calculate({
    usage: Object.entries(usage).map(([day, used]) => ({ day, resourceUsage: resourceSlot(used as never) })),
    weight: weight ?? null,
    resourceWeights: resourceSlot(own as never),
  });
}

const decayed = (day: string, spec?: FairShareSpecValues): string | undefined =>
  share({ usage: { [day]: { cpu: 800 } }, ...(spec && { spec }) }).totalDecayedUsage['cpu'];
const normalized = (given: Given): string => share(given).normalizedUsage;

describe('decay', () => {
  it('halves use with each half-life, and leaves that of today whole', () => {
    expect(decayed(today)).toBe('800');
    expect(decayed('2026-01-24')).toBe('400');
    expect(decayed('2026-01-17')).toBe('200');
    expect(decayed('2026-01-10')).toBe('100');
    expect(decayed('2026-01-30')).toBe('724.578931411125337275');
  });

  it('counts as many days as the lookback has, and none that is still to come', () => {
    expect(decayed('2026-01-04')).toBeDefined();
    expect(decayed('2026-01-03')).toBeUndefined();
    expect(decayed('2026-02-01')).toBeUndefined();
  });

  it('goes by the half-life, and in the steps, of the resource group', () => {
    expect(decayed('2026-01-30', { halfLifeDays: 0.5 })).toBe('200');
    expect(decayed('2026-01-30', { decayUnitDays: 7 })).toBe('800');
    expect(decayed('2026-01-24', { decayUnitDays: 7 })).toBe('400');
    expect(decayed('2026-01-18', { decayUnitDays: 7 })).toBe('400');
  });
});

describe('normalisation', () => {
  it('is the part of the lookback that was used', () => {
    expect(normalized({})).toBe('0');
    expect(normalized({ usage: { [today]: { cpu: ALL } } })).toBe('1');
    expect(normalized({ usage: { [today]: { cpu: ALL } }, capacity: { cpu: 4 } })).toBe('0.25');
  });

  it('is the mean of the slots by their weights, own ones before those of the group', () => {
    const usage = { [today]: { cpu: ALL } };
    const capacity = { cpu: 1, mem: 1 };
    expect(normalized({ usage, capacity })).toBe('0.5');
    expect(normalized({ usage, capacity, spec: { resourceWeights: resourceSlot({ cpu: 3 }) } })).toBe('0.75');
    expect(normalized({ usage, capacity, own: { mem: 4 }, spec: { resourceWeights: resourceSlot({ mem: 9 }) } })).toBe(
      '0.2',
    );
    expect(normalized({ usage, capacity, own: { cpu: 0 } })).toBe('0');
  });

  it('leaves out slots of which the group has nothing', () => {
    const usage = { [today]: { cpu: ALL, tpu: ALL } };
    expect(normalized({ usage, capacity: { cpu: 1, tpu: 0 } })).toBe('1');
    expect(normalized({ usage, capacity: { tpu: 0 } })).toBe('0');
    expect(normalized({ usage, capacity: {} })).toBe('0');
    expect(normalized({ usage, own: { cpu: 0 } })).toBe('0');
  });
});

describe('the factor', () => {
  const factor = (given: Given): string => share(given).fairShareFactor;
  const usage = { [today]: { cpu: ALL } };

  it('is 1 without use, and a half for who used its weight', () => {
    expect(factor({})).toBe('1');
    expect(factor({ usage })).toBe('0.5');
    expect(factor({ usage: { [today]: { cpu: 2 * ALL } }, weight: '2' })).toBe('0.5');
    expect(factor({ usage, weight: '0.5' })).toBe('0.25');
    expect(factor({ usage, weight: '2' })).toBe('0.707106781186547524');
  });

  it('takes the default weight of the group where there is none', () => {
    expect(factor({ usage, spec: { defaultWeight: 0.5 } })).toBe('0.25');
    expect(factor({ usage, weight: '1', spec: { defaultWeight: 0.5 } })).toBe('0.5');
  });

  it('is never below 2^-10, however much was used', () => {
    expect(factor({ usage, weight: '0.1' })).toBe('0.0009765625');
    expect(factor({ usage, weight: '0.0001' })).toBe('0.0009765625');
  });
});
