import { describe, expect, it } from '@jest/globals';
import { measurementsOf, oursToOthers, type Round } from '../src/comparison.js';
import { missedByOperations } from '../src/operation-targets.js';
import { spread } from '../src/spread.js';

/** A round in which contenders took so many microseconds of CPU time for each of 100 operations, within a second. */
const round = (cpu: Readonly<Record<string, number>>, operations = 100): Round =>
  new Map(
    Object.entries(cpu).map(([name, micros]) => [
      name,
      { operations, wallMs: 1_000, cpuMicros: micros * operations, p50Micros: micros, p99Micros: 2 * micros },
    ]),
  );

describe('A spread', () => {
  it('has the middle of an odd number of values, and the mean of two in the middle', () => {
    expect(spread([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
    expect(spread([4, 1, 10, 2])).toEqual({ min: 1, median: 3, max: 10 });
  });
});

describe('Measurements', () => {
  it('take ratios within the rounds, so that a round in which all were slow changes nothing', () => {
    const rounds = [
      round({ pg: 100, holdfast: 70 }),
      round({ holdfast: 700, pg: 1_000 }),
      round({ pg: 50, holdfast: 35 }),
    ];
    const [pg, holdfast] = measurementsOf('get', 16, rounds);
    expect(pg).toMatchObject({ contender: 'pg', cpuMicrosPerOp: 100, cpuRatio: { min: 1, median: 1, max: 1 } });
    expect(holdfast!.cpuRatio.min).toBeCloseTo(0.7);
    expect(holdfast!.cpuRatio.max).toBeCloseTo(0.7);
    expect(holdfast).toMatchObject({ opsPerSecond: 100, cpuMicrosPerOp: 70, p99Micros: 140 });
  });

  it('count operations per second by the time that they took', () => {
    const fast = round({ pg: 1 }, 100);
    const both = new Map([...fast, ...round({ holdfast: 1 }, 150)]);
    expect(measurementsOf('get', 1, [both])[1]!.opsRatio.median).toBeCloseTo(1.5);
  });

  it('compare ours with everybody but the reference', () => {
    const [ours] = oursToOthers('get', 16, [round({ pg: 100, holdfast: 70, 'typeorm-transaction': 280, kysely: 90 })]);
    expect(ours!.cpuToTransaction!.median).toBeCloseTo(0.25);
    expect(ours!.opsTo.map(({ contender }) => contender)).toEqual(['typeorm-transaction', 'kysely']);
    expect(oursToOthers('get', 16, [round({ pg: 1 })])).toEqual([]);
  });
});

describe('Targets', () => {
  const missed = (operation: 'get' | 'update', cpu: number, concurrency = 16, operations = 100): readonly string[] => {
    const slices = new Map([
      ...round({ pg: 100, 'typeorm-transaction': 400, kysely: 100 }),
      ...round({ holdfast: cpu }, operations),
    ]);
    const measurements = measurementsOf(operation, concurrency, [slices]);
    return missedByOperations({
      measurements,
      ours: oursToOthers(operation, concurrency, [slices]),
      depths: [],
      leftOut: [],
    });
  };

  it('are missed from above them on, with many callers', () => {
    expect(missed('get', 75)).toEqual([]);
    expect(missed('get', 76)).toEqual([expect.stringContaining('0.76, at most 0.75')]);
    expect(missed('get', 76, 1)).toEqual([]);
  });

  it('are of typeorm-transaction too', () => {
    expect(missed('update', 141)).toEqual([expect.stringContaining('pg 1.41'), expect.stringContaining('0.35')]);
  });

  it('ask for the operations per second of every other, but of those that promise less about an update', () => {
    const names = (found: readonly string[]) => found.map((one) => /ratio to (\S+)/.exec(one)![1]);
    expect(names(missed('get', 70, 16, 99))).toEqual(['typeorm-transaction', 'kysely']);
    expect(names(missed('update', 70, 16, 99))).toEqual(['typeorm-transaction']);
  });

  it('hold a page at depth to 1.3 times the first', () => {
    const depth = (median: number) => [
      { concurrency: 16, cpu: { min: 1, median, max: 2 }, time: { min: 1, median: 1, max: 1 } },
    ];
    const found = (median: number) =>
      missedByOperations({ measurements: [], ours: [], depths: depth(median), leftOut: [] });
    expect(found(1.3)).toEqual([]);
    expect(found(1.31)).toEqual([expect.stringContaining('cursor-deep, 16 callers: CPU time')]);
  });
});
