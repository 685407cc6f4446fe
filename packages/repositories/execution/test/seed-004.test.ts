import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { userId } from '@holdfast/domain-types';
import { batchQuerier, Timestamp } from '@holdfast/querier';
import {
  ExecutionMetricConditions,
  ExecutionMetricMismatch,
  type ExecutionMetricRow,
  metricUserScope,
} from '../src/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { alice, blue, inBlue, inRed, metricsOfAlice, metricsOfBob } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE executions, execution_metrics CASCADE'));

const noon = new Date('2026-01-01T12:00:00Z');

describe('Metric creation with different types', () => {
  it.each([
    ['counter', null],
    ['gauge', null],
    ['histogram', [0.1, 1]],
  ] as const)('creates a %s', async (type, bounds) => {
    const created = await test.metrics.create(metricsOfAlice, {
      name: 'latency',
      type,
      unit: 's',
      ...(bounds !== null && { bounds }),
    });

    expect(created).toMatchObject({
      domainName: blue,
      userUuid: alice,
      executionId: null,
      name: 'latency',
      type,
      bounds,
    });
    expect(await test.metrics.get(metricsOfAlice, created.id)).toEqual(created);
  });

  it.each([
    ['/type', { type: 'summary' }],
    ['/name', { name: '' }],
    ['/name', { name: 'x'.repeat(251) }],
    ['/bounds', { type: 'histogram' }],
    ['/bounds', { type: 'histogram', bounds: [1, 1] }],
    ['/bounds', { type: 'histogram', bounds: [Number.NaN] }],
    ['/bounds', { bounds: [1] }],
  ])('refuses what has a wrong %s: %j', async (pointer, values) => {
    const failure = test.metrics.create(metricsOfAlice, { name: 'loss', type: 'gauge', ...values } as never);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer });
  });

  it('keeps to the type that a metric was created with', async () => {
    const point = { at: noon, value: 1 };
    await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points: [point] }]);

    const failure = test.metrics.record(metricsOfAlice, [
      { name: 'other', type: 'gauge', points: [point] },
      { name: 'loss', type: 'counter', points: [point] },
    ]);

    await expect(failure).rejects.toMatchObject({ constructor: ExecutionMetricMismatch, index: 1 });
    expect(await test.metrics.count(metricsOfAlice, {})).toBe(1);
  });
});

describe('Metric-execution relationship validation', () => {
  const metric = { name: 'loss', type: 'gauge', points: [{ at: noon, value: 1 }] } as const;

  it('refuses an execution of somebody else, and one that is not there', async () => {
    const theirs = await test.repository.create(inRed, { name: 'theirs' });
    const mine = await test.repository.create(inBlue, { name: 'mine' });
    const other = metricUserScope(blue, userId('00000000-0000-4000-8000-00000000a009'));

    const toTheirs = test.metrics.record(metricsOfAlice, [{ ...metric, executionId: theirs.id }]);
    await expect(toTheirs).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/executionId' });
    const ofAnother = test.metrics.create(other, { name: 'loss', type: 'gauge', executionId: mine.id });
    await expect(ofAnother).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/executionId' });
    expect(await test.dataSource.query('SELECT FROM execution_metrics')).toEqual([]);
  });

  it('removes metrics and points with their execution', async () => {
    const { id } = await test.repository.create(inBlue, { name: 'mine' });
    await test.metrics.record(metricsOfAlice, [
      { ...metric, executionId: id },
      { ...metric, name: 'kept' },
    ]);

    await test.repository.purge(inBlue, id);

    expect(await test.dataSource.query('SELECT name FROM execution_metrics')).toEqual([{ name: 'kept' }]);
    expect(await test.dataSource.query('SELECT value FROM execution_metric_points')).toHaveLength(1);
  });
});

describe('Metric value storage and retrieval', () => {
  it('keeps every value, NaN and infinities too, and each once', async () => {
    const given = [0.1, -0, 5e-324, 1.7976931348623157e308, Number.NaN, Infinity, -Infinity];
    const points = given.map((value, step) => ({ at: noon, step, value }));
    const metric = { name: 'loss', type: 'gauge', points } as const;

    expect(await test.metrics.record(metricsOfAlice, [metric])).toEqual({ recorded: 7, repeated: 0 });
    expect(await test.metrics.record(metricsOfAlice, [metric, metric])).toEqual({ recorded: 0, repeated: 14 });
    const id = await idOf('loss');
    expect(await test.metrics.listPoints(metricsOfAlice, id)).toEqual(points);
    expect(await test.metrics.listPoints(metricsOfBob, id)).toEqual([]);
  });

  it('lists points page by page, also those of one moment', async () => {
    const points = Array.from({ length: 25 }, (_, i) => ({
      at: noon,
      step: i >> 2,
      value: i % 4 === 3 ? Number.NaN : i,
    }));
    await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);
    const id = await idOf('loss');

    const all: unknown[] = [];
    for (let page = await test.metrics.listPoints(metricsOfAlice, id, { limit: 4 }); page.length > 0;) {
      all.push(...page);
      page = await test.metrics.listPoints(metricsOfAlice, id, { limit: 4, after: page.at(-1)! });
    }
    expect(all).toEqual(points);
  });

  it('keeps histograms', async () => {
    const points = [
      { at: noon, step: 0, counts: [1, 0, 2], sum: 7.5, min: 0.01, max: 4 },
      { at: noon, step: 0, counts: [1, 1, 1], sum: 7.5, min: null, max: null },
    ];
    await test.metrics.record(metricsOfAlice, [{ name: 'latency', type: 'histogram', bounds: [0.1, 1], points }]);
    const id = await idOf('latency');

    const [first, ...rest] = await test.metrics.listHistograms(metricsOfAlice, id, { limit: 1 });
    expect([first, ...(await test.metrics.listHistograms(metricsOfAlice, id, { after: first! }))]).toEqual(points);
    expect(rest).toEqual([]);
  });

  it.each([
    ['/0/points/1', { value: 'text' }],
    ['/0/points/1/step', { value: 1, step: 0.5 }],
    ['/0/points/1/at', { value: 1, at: new Date(Number.NaN) }],
  ])('records nothing where one point is none: %s', async (pointer, point) => {
    const points = [
      { at: noon, value: 1 },
      { at: noon, ...point },
    ] as never;

    const failure = test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer });
    expect(await test.metrics.count(metricsOfAlice, {})).toBe(0);
  });

  it('refuses a counter below zero, and a histogram of other buckets', async () => {
    const counter = { name: 'n', type: 'counter', points: [{ at: noon, value: -1 }] } as const;
    await expect(test.metrics.record(metricsOfAlice, [counter])).rejects.toMatchObject({ pointer: '/0/points/0' });
    const points = [{ at: noon, counts: [1], sum: 1 }];
    const histogram = { name: 'h', type: 'histogram', bounds: [1], points } as const;
    await expect(test.metrics.record(metricsOfAlice, [histogram])).rejects.toMatchObject({ pointer: '/0/points/0' });
  });
});

describe('Timestamp handling', () => {
  it('keeps microseconds, and tells two within a millisecond apart', async () => {
    const times = [
      '0001-01-01T00:00:00.000001Z',
      '1969-12-31T23:59:59.999999Z',
      '2026-01-01T12:00:00.000001Z',
      '2026-01-01T12:00:00.000002Z',
      '9999-12-31T23:59:59.999999Z',
    ];
    const points = times.map((text) => ({ at: Timestamp.of(text), step: 0, value: 1 }));
    await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);

    const listed = await test.metrics.listPoints(metricsOfAlice, await idOf('loss'));
    expect(listed.map(({ at }) => at.toISOString())).toEqual(times);
  });

  it('lists from a time on, up to another', async () => {
    const points = [0, 1, 2].map((n) => ({ at: new Timestamp(noon, n), step: 0, value: n }));
    await test.metrics.record(metricsOfAlice, [{ name: 'loss', type: 'gauge', points }]);

    const range = { from: new Timestamp(noon, 1), to: new Timestamp(noon, 2) };
    expect(await test.metrics.listPoints(metricsOfAlice, await idOf('loss'), range)).toEqual([points[1]]);
  });
});

describe('Metadata and tags functionality', () => {
  const points = [{ at: noon, value: 1 }];

  it('tells metrics apart by their tags, in whatever order these come', async () => {
    await test.metrics.record(metricsOfAlice, [
      { name: 'loss', type: 'gauge', tags: { split: 'train', fold: '1' }, points },
      { name: 'loss', type: 'gauge', tags: { fold: '1', split: 'train' }, points },
      { name: 'loss', type: 'gauge', tags: { split: 'test', fold: '1' }, points },
    ]);

    const search = batchQuerier<ExecutionMetricRow>({
      conditions: [ExecutionMetricConditions.hasTags({ split: 'train' })],
      pagination: { limit: 10, offset: 0 },
    });
    expect((await test.metrics.search(metricsOfAlice, search)).items).toMatchObject([{ tags: { split: 'train' } }]);
    expect(await test.metrics.count(metricsOfAlice, {})).toBe(2);
  });

  it('changes metadata and unit, and nothing that a metric is known by', async () => {
    const created = await test.metrics.create(metricsOfAlice, { name: 'loss', type: 'gauge', metadata: { seed: 7 } });

    const change = { unit: 'nats', metadata: { seed: 8, layers: [1, 2] } };
    expect(await test.metrics.update(metricsOfAlice, created.id, change)).toMatchObject(change);
    const failure = test.metrics.update(metricsOfAlice, created.id, { tags: {} } as never);
    await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/tags' });
  });
});

async function idOf(name: string) {
  const conditions = [ExecutionMetricConditions.nameEquals(name)];
  const search = batchQuerier<ExecutionMetricRow>({ conditions, pagination: { limit: 1, offset: 0 } });
  return (await test.metrics.search(metricsOfAlice, search)).items[0]!.id;
}
