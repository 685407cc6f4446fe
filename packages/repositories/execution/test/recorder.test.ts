import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import {
  type ExecutionMetricRepository,
  ExecutionPerformance,
  MetricRecorder,
  type MetricRecorderArgs,
  ProcessMetrics,
  systemMetrics,
} from '../src/index.js';
import { type ExecutionDatabase, executionDatabase } from './fixture/execution-database.js';
import { metricsOfAlice } from './fixture/executions.js';

let test: ExecutionDatabase;
beforeAll(async () => void (test = await executionDatabase()));
afterAll(() => test.close());
afterEach(() => test.dataSource.query('TRUNCATE execution_metrics CASCADE'));

const at = new Date('2026-01-01T12:00:00Z');
const gauge = (value: number, name = 'loss') => ({
  name,
  type: 'gauge' as const,
  points: [{ at, step: value, value }],
});
const recorderOf = (args: Partial<MetricRecorderArgs> = {}): MetricRecorder =>
  new MetricRecorder({ repository: test.metrics, scope: metricsOfAlice, ...args });
const count = async (): Promise<number> => (await test.dataSource.query('SELECT FROM execution_metric_points')).length;

describe('MetricRecorder', () => {
  it('records what waits when it is closed, and takes nothing more', async () => {
    const recorder = recorderOf({ flushMs: 60_000 });
    for (let i = 0; i < 5; i++) await recorder.record(gauge(i));
    expect([await count(), recorder.pending]).toEqual([0, 5]);

    expect(await recorder.close()).toBe(0);

    expect([await count(), recorder.pending]).toEqual([5, 0]);
    await expect(recorder.record(gauge(6))).rejects.toBeInstanceOf(Misuse);
  });

  it('sends a batch when it is full, and what is left after its time', async () => {
    const batches: number[] = [];
    const repository: Pick<ExecutionMetricRepository, 'record'> = {
      record: (scope, metrics, options) => {
        batches.push(metrics.length);
        return test.metrics.record(scope, metrics, options);
      },
    };
    const recorder = recorderOf({ repository, batchSize: 4, flushMs: 10 });
    for (let i = 0; i < 6; i++) void recorder.record(gauge(i));
    while (recorder.pending > 0) await new Promise(setImmediate);

    expect(batches.reduce((sum, one) => sum + one, 0)).toBe(6);
    expect(Math.max(...batches)).toBe(4);
    await recorder.close();
  });

  it('makes callers wait while too many points do', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const repository: Pick<ExecutionMetricRepository, 'record'> = {
      record: (scope, metrics, options) => gate.then(() => test.metrics.record(scope, metrics, options)),
    };
    const recorder = recorderOf({ repository, batchSize: 2, maxPending: 2 });
    await recorder.record(gauge(0));
    await recorder.record(gauge(1));
    let isTaken = false;
    const third = recorder.record(gauge(2)).then(() => (isTaken = true));
    await new Promise(setImmediate);
    expect([isTaken, recorder.pending]).toEqual([false, 2]);

    open();
    await third;
    await recorder.close();

    expect(await count()).toBe(3);
  });

  it('drops what is refused, says so, and loses nothing else of its batch', async () => {
    const refused: unknown[] = [];
    const recorder = recorderOf({ flushMs: 60_000, onRefused: (error, metrics) => refused.push([error, metrics]) });
    const wrong = { ...gauge(1, 'n'), type: 'counter' as const, points: [{ at, value: -1 }] };
    for (const metric of [gauge(0), wrong, gauge(2)]) await recorder.record(metric);

    await recorder.close();

    expect(refused).toMatchObject([[{ reason: 'INVALID_VALUE' }, [wrong]]]);
    expect(await count()).toBe(2);
  });

  it('gives up in the end where it is told to, and says how many points are lost', async () => {
    const repository: Pick<ExecutionMetricRepository, 'record'> = {
      record: (_scope, _metrics, options) =>
        new Promise((_, reject) => options!.signal!.addEventListener('abort', () => reject(new Error('canceled')))),
    };
    const recorder = recorderOf({ repository, flushMs: 60_000 });
    for (let i = 0; i < 3; i++) await recorder.record(gauge(i));

    expect(await recorder.close({ timeoutMs: 20 })).toBe(3);
  });

  it('refuses sizes below 1', () => {
    expect(() => recorderOf({ batchSize: 0 })).toThrow(Misuse);
  });
});

describe('collectors', () => {
  it('tell what the process and the machine use, in points that can be recorded', async () => {
    const process = new ProcessMetrics({ tags: { instance: 'a' } });
    const collected = [...process.collect(at), ...systemMetrics(at, { tags: { instance: 'a' } })];
    process.stop();

    expect(await test.metrics.record(metricsOfAlice, collected)).toEqual({ recorded: 9, repeated: 0 });
    for (const { points } of collected) {
      expect((points[0] as { readonly value: number }).value).toBeGreaterThanOrEqual(0);
    }
  });

  it('tell how long work took and how often it failed, each observation once', async () => {
    const performance = new ExecutionPerformance();
    await performance.measure(() => Promise.resolve());
    await expect(performance.measure(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    performance.observe(7_200);
    await test.metrics.record(metricsOfAlice, performance.collect(at));
    performance.observe(2);
    await test.metrics.record(metricsOfAlice, performance.collect(new Date(at.getTime() + 1_000)));
    expect(performance.collect(at)[0]!.points).toEqual([]);

    const range = { from: at, to: new Date(at.getTime() + 60_000) };
    const [durations] = await test.metrics.aggregateHistograms(metricsOfAlice, range);
    expect(durations).toMatchObject({ count: 4, max: 7_200 });
    const [failures] = await test.metrics.aggregate(metricsOfAlice, range);
    expect(failures).toMatchObject({ count: 2, last: 1 });
  });
});
