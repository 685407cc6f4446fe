import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Timestamp } from '@holdfast/querier';
import fc from 'fast-check';
import { histogramPercentile } from '../src/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { metricsOfAlice, metricsOfBob } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE execution_metrics CASCADE'));

const runs = { numRuns: 30 };
const begin = Date.UTC(2026, 0, 1);
const BUCKET = 1_000;
const FRACTIONS = [0, 0.25, 0.5, 0.9, 1];

interface Point {
  readonly at: Date;
  readonly step: number;
  readonly value: number;
}

// Whole numbers: then no order of adding them up makes a difference.
const point = (value: fc.Arbitrary<number>): fc.Arbitrary<Point> =>
  fc.record({
    at: fc
      .tuple(fc.integer({ min: -2_000, max: 5_000 }), fc.integer({ min: 0, max: 999 }))
      .map(([ms, us]) => new Timestamp(begin + ms, us)),
    step: fc.integer({ min: -3, max: 3 }),
    value,
  });
const pointsOf = (value: fc.Arbitrary<number>): fc.Arbitrary<Point[]> =>
  fc.uniqueArray(point(value), {
    maxLength: 60,
    selector: ({ at, step, value }) => `${at.toISOString()} ${step} ${value}`,
  });

const range = { from: new Date(begin), to: new Date(begin + 3_500), bucketMs: BUCKET };
const isIn = ({ at }: Point): boolean => at >= range.from && at < range.to;
const bucketOf = ({ at }: Point): number => Math.floor(at.getTime() / BUCKET) * BUCKET;
const inOrder = (one: Point, other: Point): number =>
  Timestamp.compare(one.at, other.at) || one.step - other.step || one.value - other.value;

/** By bucket, in order. */
function bucketsOf<One extends Point>(points: readonly One[]): (readonly [Date, readonly One[]])[] {
  const starts = [...new Set(points.map(bucketOf))].toSorted((one, other) => one - other);
  return starts.map((start) => [new Date(start), points.filter((one) => bucketOf(one) === start)]);
}

/** Between the two values around the place of a fraction, in proportion. */
function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = fraction * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place - Math.floor(place)) * (high - low);
}

describe('aggregate', () => {
  it('comes to what is computed of the points themselves', async () => {
    await fc.assert(
      fc.asyncProperty(pointsOf(fc.integer({ min: -1_000, max: 1_000 })), async (points) => {
        await test.dataSource.query('TRUNCATE execution_metrics CASCADE');
        await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);

        const figures = await test.metrics.aggregate(metricsOfAlice, { ...range, percentiles: FRACTIONS });

        expect(figures.map(({ metricId: _, percentiles: __, ...rest }) => rest)).toEqual(
          bucketsOf(points.filter(isIn)).map(([at, own]) => {
            const values = own.map(({ value }) => value);
            const sum = values.reduce((all, value) => all + value, 0);
            return {
              at,
              count: values.length,
              sum,
              min: Math.min(...values),
              max: Math.max(...values),
              avg: expect.closeTo(sum / values.length, 9),
              last: own.toSorted(inOrder).at(-1)!.value,
            };
          }),
        );
        const expected = bucketsOf(points.filter(isIn)).map(([, own]) =>
          FRACTIONS.map((fraction) =>
            expect.closeTo(
              percentile(
                own.map(({ value }) => value),
                fraction,
              ),
              9,
            ),
          ),
        );
        expect(figures.map(({ percentiles }) => percentiles)).toEqual(expected);
      }),
      runs,
    );
  });

  it('takes the whole range for one bucket where none is asked for, and tells metrics apart', async () => {
    const points = [range.from, new Date(begin + 3_499)].map((at, value) => ({ at, value }));
    await test.metrics.record(
      metricsOfAlice,
      ['a', 'b'].map((name) => ({ name, type: 'gauge' as const, points })),
    );

    const { from, to } = range;
    const figures = await test.metrics.aggregate(metricsOfAlice, { from, to });
    expect(figures).toMatchObject([
      { at: from, count: 2 },
      { at: from, count: 2 },
    ]);
    expect(await test.metrics.aggregate(metricsOfBob, { from, to })).toEqual([]);
  });

  it('has NaN for the greatest value, and keeps infinities', async () => {
    const values = [Number.NaN, -Infinity, 1];
    const points = values.map((value, step) => ({ at: range.from, step, value }));
    await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);

    const [figures] = await test.metrics.aggregate(metricsOfAlice, { ...range, percentiles: [0.5] });
    expect(figures).toMatchObject({ min: -Infinity, max: Number.NaN, sum: Number.NaN, last: 1, percentiles: [1] });
  });

  it('says that there are too many metrics, with and without points, and cuts none off', async () => {
    const metrics = ['a', 'b', 'c'].map((name) => ({ name, type: 'gauge' as const, points: [] }));
    await test.metrics.record(metricsOfAlice, metrics);

    const failure = test.metrics.aggregate(metricsOfAlice, { ...range, maxMetrics: 2 });
    await expect(failure).rejects.toMatchObject({ reason: 'LIMIT_EXCEEDED', pointer: '/maxMetrics' });
    expect(await test.metrics.aggregate(metricsOfAlice, { ...range, maxMetrics: 3 })).toEqual([]);
  });

  it.each([
    ['/to', { to: range.from }],
    ['/bucketMs', { bucketMs: 0.5 }],
    ['/bucketMs', { to: new Date(begin + 11_000), bucketMs: 1 }],
    ['/percentiles', { percentiles: [1.1] }],
    ['/maxMetrics', { maxMetrics: 0 }],
    ['/from', { from: 'yesterday' as never }],
  ])('refuses a wrong %s', async (pointer, values) => {
    await expect((async () => test.metrics.aggregate(metricsOfAlice, { ...range, ...values }))()).rejects.toMatchObject(
      { pointer },
    );
  });
});

describe('getIncrease', () => {
  it('comes to what is computed of the points themselves, resets and all', async () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom(Number.NaN, Infinity));
    await fc.assert(
      fc.asyncProperty(pointsOf(value), async (points) => {
        await test.dataSource.query('TRUNCATE execution_metrics CASCADE');
        await test.metrics.record(metricsOfAlice, [{ name: 'n', type: 'counter', points }]);

        const figures = await test.metrics.getIncrease(metricsOfAlice, range);

        const finite = points.filter(({ value }) => Number.isFinite(value)).toSorted(inOrder);
        const steps = finite.slice(1).map((one, i) => {
          const before = finite[i]!.value;
          return { ...one, grown: one.value < before ? one.value : one.value - before };
        });
        const expected = bucketsOf(steps.filter(isIn)).map(([at, own]) => {
          const increase = own.reduce((all, { grown }) => all + grown, 0);
          return { at, increase, rate: increase / (BUCKET / 1_000) };
        });
        expect(figures.map(({ at, increase, rate }) => ({ at, increase, rate }))).toEqual(expected);
      }),
      runs,
    );
  });

  it('is of counters alone', async () => {
    const points = [1, 2].map((value) => ({ at: range.from, value }));
    await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);

    expect(await test.metrics.getIncrease(metricsOfAlice, range)).toEqual([]);
  });
});

describe('aggregateHistograms', () => {
  const bounds = [-1, 0.5, 2, 10];

  it('adds up what the observations come to, whoever counted them', async () => {
    const observed = fc.record({
      at: fc.integer({ min: 0, max: 3_499 }),
      values: fc.array(
        fc.integer({ min: -4, max: 48 }).map((n) => n / 4),
        { minLength: 1 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(observed, { selector: ({ at }) => at, maxLength: 20 }), async (batches) => {
        await test.dataSource.query('TRUNCATE execution_metrics CASCADE');
        const points = batches.map(({ at, values }) => ({ at: new Date(begin + at), ...counted(values) }));
        await test.metrics.record(metricsOfAlice, [{ name: 'latency', type: 'histogram', bounds, points }]);

        const figures = await test.metrics.aggregateHistograms(metricsOfAlice, { ...range, percentiles: FRACTIONS });

        const starts = [...new Set(batches.map(({ at }) => Math.floor(at / BUCKET)))].toSorted((a, b) => a - b);
        expect(figures.map(({ metricId: _, ...rest }) => rest)).toEqual(
          starts.map((start) => {
            const all = counted(
              batches.filter(({ at }) => Math.floor(at / BUCKET) === start).flatMap(({ values }) => values),
            );
            const count = all.counts.reduce((sum, one) => sum + one, 0);
            const percentiles = FRACTIONS.map((fraction) => histogramPercentile(bounds, all.counts, fraction));
            return { at: new Date(begin + start * BUCKET), count, ...all, percentiles };
          }),
        );
      }),
      runs,
    );
  });

  function counted(values: readonly number[]) {
    const edges = [-Infinity, ...bounds, Infinity];
    const counts = edges
      .slice(1)
      .map((upper, i) => values.filter((value) => value > edges[i]! && value <= upper).length);
    return {
      counts,
      sum: values.reduce((sum, value) => sum + value, 0),
      min: Math.min(...values),
      max: Math.max(...values),
    };
  }
});

describe('histogramPercentile', () => {
  it('is within the bucket that holds the exact one', () => {
    const bounds = [1, 2, 4, 8, 16];
    const some = fc.array(fc.double({ min: 0.01, max: 16, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(some, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, fraction) => {
        const sorted = values.toSorted((one, other) => one - other);
        const exact = sorted[Math.ceil(fraction * sorted.length) - 1]!;
        const at = bounds.findIndex((bound) => exact <= bound);
        const counts = [...bounds, Infinity].map(
          (bound, i) => values.filter((value) => value <= bound && value > (bounds[i - 1] ?? 0)).length,
        );

        const told = histogramPercentile(bounds, counts, fraction);
        expect(told).toBeGreaterThanOrEqual(bounds[at - 1] ?? 0);
        expect(told).toBeLessThanOrEqual(bounds[at]!);
      }),
    );
  });

  it("has Prometheus' answers for what lies at the ends", () => {
    expect(histogramPercentile([1, 2], [0, 0, 0], 0.5)).toBe(Number.NaN);
    expect(histogramPercentile([1, 2], [0, 0, 5], 0.5)).toBe(2);
    expect(histogramPercentile([-1, 2], [5, 0, 0], 0.5)).toBe(-1);
    expect(histogramPercentile([1, 2], [4, 0, 0], 0.5)).toBe(0.5);
  });
});
