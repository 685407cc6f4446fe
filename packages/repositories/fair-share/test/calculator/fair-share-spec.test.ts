import { describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { fairShareSpec, fairShareWeight } from '../../src/index.js';

/** What is pointed at by who refuses. */
function pointerOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.pointer;
    throw error;
  }
  return undefined;
}

describe('fairShareSpec', () => {
  it('has the defaults of the original', () => {
    expect(fairShareSpec()).toEqual({
      halfLifeDays: 7,
      lookbackDays: 28,
      decayUnitDays: 1,
      defaultWeight: '1',
      resourceWeights: {},
    });
  });

  it.each([
    ['/halfLifeDays', { halfLifeDays: 0 }],
    ['/halfLifeDays', { halfLifeDays: -7 }],
    ['/halfLifeDays', { halfLifeDays: Number.NaN }],
    ['/halfLifeDays', { halfLifeDays: Infinity }],
    ['/halfLifeDays', { halfLifeDays: '7' }],
    ['/lookbackDays', { lookbackDays: 0 }],
    ['/lookbackDays', { lookbackDays: 1.5 }],
    ['/lookbackDays', { lookbackDays: 4_000 }],
    ['/decayUnitDays', { decayUnitDays: 0 }],
    ['/defaultWeight', { defaultWeight: 0 }],
    ['/defaultWeight', { defaultWeight: -1 }],
    ['/defaultWeight', { defaultWeight: null }],
    ['/resourceWeights/cpu', { resourceWeights: { cpu: -1 } }],
    ['/halfLife', { halfLife: 7 }],
  ])('refuses at %s what would divide by nothing or turn the order round: %j', (pointer, values) => {
    expect(pointerOf(() => fairShareSpec(values as never))).toBe(pointer);
  });

  it('keeps weights exact', () => {
    expect(fairShareSpec({ defaultWeight: '0.1000', resourceWeights: resourceSlot({ mem: '0.001' }) })).toMatchObject({
      defaultWeight: '0.1',
      resourceWeights: { mem: '0.001' },
    });
    expect(fairShareWeight('999999.9999')).toBe('999999.9999');
  });

  it.each(['0', '0.0000', '-1', '1e3', '0.00001', '1000000', '', ' 1', 'NaN', true, null, {}])(
    'takes no weight for what is none: %j',
    (weight) => {
      expect(pointerOf(() => fairShareWeight(weight as never))).toBe('/weight');
    },
  );
});
