import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errorCode, HoldfastError } from '@holdfast/errors';
import { type EventSource, type OperationEnded, type OperationExecuted, publishOperation } from '@holdfast/operation';
import { MetricPolicy, Resilience } from '@holdfast/resilience';
import { metrics, ValueType } from '@opentelemetry/api';
import { DataPointType, type HistogramMetricData, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { OpenTelemetryObserver, type OpenTelemetryObserverArgs } from '@holdfast/metrics/opentelemetry';

class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const observers: OpenTelemetryObserver[] = [];
let reader: Reader;
let provider: MeterProvider;

beforeEach(() => {
  reader = new Reader();
  provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
});

afterEach(async () => {
  for (const observer of observers.splice(0)) observer.stop();
  metrics.disable();
  await provider.shutdown();
});

function observe(args: OpenTelemetryObserverArgs = {}): OpenTelemetryObserver {
  const observer = new OpenTelemetryObserver(args);
  observers.push(observer);
  return observer;
}

async function histograms(from = reader): Promise<Record<string, HistogramMetricData>> {
  const { resourceMetrics } = await from.collect();
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return Object.fromEntries(
    all.flatMap((each) => (each.dataPointType === DataPointType.HISTOGRAM ? [[each.descriptor.name, each]] : [])),
  );
}

/** What one histogram counted, by attributes. */
async function counts(name: string, from = reader): Promise<(readonly [object, number])[]> {
  const { [name]: histogram } = await histograms(from);
  return (histogram?.dataPoints ?? []).map(({ attributes, value }) => [attributes, value.count] as const);
}

const at = { domain: 'repository', layer: 'session_repository' } as const;
const labels = { 'holdfast.domain': 'repository', 'holdfast.layer': 'session_repository', 'holdfast.operation': 'get' };

function end(error: unknown = null, source: EventSource = null, durationMs = 30): void {
  const ended: OperationEnded = { kind: 'ended', at, operation: 'get', source, durationMs, error };
  publishOperation(ended);
}

function executed(changes: Partial<OperationExecuted> = {}): void {
  publishOperation({
    kind: 'executed',
    at: null,
    operation: 'search',
    source: null,
    entity: 'Session',
    durationMs: 20,
    waitedMs: 1,
    statements: 1,
    error: null,
    ...changes,
  });
}

const own = 'repository.operation.duration';
const client = 'db.client.operation.duration';

describe('repository.operation.duration', () => {
  it('is a histogram of seconds with the buckets of the conventions', async () => {
    observe();

    end(null, null, 30);

    const { [own]: histogram } = await histograms();
    expect(histogram?.descriptor).toMatchObject({ unit: 's', valueType: ValueType.DOUBLE });
    expect(histogram?.dataPoints[0]?.value).toMatchObject({ sum: 0.03, count: 1 });
    expect(histogram?.dataPoints[0]?.value.buckets.boundaries).toEqual([0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]);
  });

  it('counts operations of a stack, and names no error of those that succeed', async () => {
    observe();
    const stack = new Resilience({ policies: [new MetricPolicy(at)] });

    await stack.execute('get', async () => 1);
    await stack.execute('get', async () => 2);

    expect(await counts(own)).toEqual([[labels, 2]]);
  });

  it('counts failures by the type of the error, and tells nothing of its text', async () => {
    observe();

    end(new HoldfastError({ code: errorCode('session', 'read', 'not-found'), message: 'No session 4711.' }));
    end(new RangeError('SELECT 4711'));

    expect(await counts(own)).toEqual([
      [{ ...labels, 'error.type': 'session_read_not-found' }, 1],
      [{ ...labels, 'error.type': 'RangeError' }, 1],
    ]);
  });

  it('counts only what was published under its source', async () => {
    const mine = {};
    observe({ source: mine });

    end(null, mine);
    end(null, {});
    end();

    expect(await counts(own)).toEqual([[labels, 1]]);
  });

  it('is recorded by the meter that the observer is given', async () => {
    const other = new Reader();
    const meter = new MeterProvider({ readers: [other] }).getMeter('of the application');
    observe({ meter });

    end();

    expect(await counts(own, other)).toEqual([[labels, 1]]);
    expect(await counts(own)).toEqual([]);
  });

  it('is recorded by a provider that is registered later', async () => {
    metrics.disable();
    observe();
    end();
    metrics.setGlobalMeterProvider(provider);

    end();

    expect(await counts(own)).toEqual([[labels, 1]]);
  });

  it('counts nothing once the observer has stopped', async () => {
    const observer = observe();
    end();

    observer.stop();
    observer.stop();
    end();

    expect(await counts(own)).toEqual([[labels, 1]]);
  });
});

describe('db.client.operation.duration', () => {
  it('is not recorded unless somebody asks for it', async () => {
    observe();

    executed();

    expect(Object.keys(await histograms())).toEqual([]);
  });

  it('has the attributes of the conventions', async () => {
    observe({ emitDbClientMetrics: true });

    executed();
    executed({ operation: 'fillCluster', entity: null });

    expect(await counts(client)).toEqual([
      [{ 'db.system.name': 'postgresql', 'db.operation.name': 'search', 'db.collection.name': 'Session' }, 1],
      [{ 'db.system.name': 'postgresql', 'db.operation.name': 'fillCluster' }, 1],
    ]);
    const { [client]: histogram } = await histograms();
    expect(histogram?.descriptor.unit).toBe('s');
    expect(histogram?.dataPoints[0]?.value.sum).toBe(0.02);
  });

  it('names errors by their SQLSTATE, and by their code where there is none', async () => {
    observe({ emitDbClientMetrics: true });
    const error = new HoldfastError({ code: errorCode('database', 'generic', 'timeout'), message: 'Late.' });

    executed({ error: Object.assign(new Error('duplicate key 4711'), { sqlState: '23505' }) });
    executed({ error });

    const attributes = {
      'db.system.name': 'postgresql',
      'db.operation.name': 'search',
      'db.collection.name': 'Session',
    };
    expect(await counts(client)).toEqual([
      [{ ...attributes, 'db.response.status_code': '23505', 'error.type': '23505' }, 1],
      [{ ...attributes, 'error.type': 'database_generic_timeout' }, 1],
    ]);
  });
});
