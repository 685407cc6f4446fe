import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HoldfastError, errorCode } from '@holdfast/errors';
import { publishOperation } from '@holdfast/operation';
import { AggregatorRegistry, Counter, Gauge, Histogram, openMetricsContentType, Registry } from 'prom-client';
import { PrometheusObserver, type PrometheusRegistry } from '@holdfast/metrics/prometheus';

const at = { domain: 'repository', layer: 'session_repository' } as const;
const unavailable = new HoldfastError({ code: errorCode('database', 'access', 'unavailable'), message: 'Down.' });
const durationsMs = [
  0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 3, 10, 99, 100, 400, 900, 1500, 3000, 7000, 29_999, 30_000, 31_000,
];

const promtool = 'promtool';
const promtoolIsFound = spawnSync(promtool, ['--version']).error === undefined;
if (!promtoolIsFound) {
  process.stderr.write('Left out: the check of the page by promtool, which is not installed.\n');
}
const itWithPromtool = promtoolIsFound ? it : it.skip;

/** The same observations, told to prom-client's own metrics by hand. */
function byHand(register: Registry | Registry<typeof openMetricsContentType>): void {
  const registers = [register as Registry];
  const labels = { domain: 'repository', layer: 'session_repository', operation: 'get_session_by_id' };
  const labelNames = Object.keys(labels);
  const running = new Gauge({
    name: 'backendai_layer_operation_triggered_count',
    help: 'Operations of a layer that are being executed.',
    labelNames,
    registers,
  });
  const ended = new Counter({
    name: 'backendai_layer_operation_count',
    help: 'Operations of a layer that have ended, by success.',
    labelNames: [...labelNames, 'success'],
    registers,
  });
  const failed = new Counter({
    name: 'backendai_layer_operation_error_count',
    help: 'Operations of a layer that have failed, by error code.',
    labelNames: [...labelNames, 'error_code'],
    registers,
  });
  const retried = new Counter({
    name: 'backendai_layer_retry_count',
    help: 'Retries of operations of a layer.',
    labelNames,
    registers,
  });
  const durations = new Histogram({
    name: 'backendai_layer_operation_duration_sec',
    help: 'Time that operations of a layer took, in seconds.',
    labelNames,
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  running.set(labels, 1);
  ended.inc({ ...labels, success: 'true' }, durationsMs.length);
  ended.inc({ ...labels, success: 'false' }, 3);
  failed.inc({ ...labels, error_code: 'database_access_unavailable' }, 2);
  failed.inc({ ...labels, error_code: 'backendai_generic_internal-error' }, 1);
  retried.inc(labels, 2);
  for (const ms of [...durationsMs, 5, 6, 7]) durations.observe(labels, ms / 1000);
}

function byEvents(): void {
  const event = { at, operation: 'getSessionById', source: null } as const;
  const end = (durationMs: number, error: unknown) => {
    publishOperation({ ...event, kind: 'started' });
    publishOperation({ ...event, kind: 'ended', durationMs, error });
  };
  for (const ms of durationsMs) end(ms, null);
  end(5, unavailable);
  end(6, unavailable);
  end(7, new TypeError('Not ours.'));
  publishOperation({ ...event, kind: 'retried', attempt: 1, delayMs: 10, error: unavailable });
  publishOperation({ ...event, kind: 'retried', attempt: 2, delayMs: 10, error: unavailable });
  publishOperation({ ...event, kind: 'started' });
}

function openMetricsRegistry(): Registry<typeof openMetricsContentType> {
  const register = new Registry<typeof openMetricsContentType>();
  register.setContentType(openMetricsContentType);
  return register;
}

const observers: PrometheusObserver[] = [];

afterEach(() => {
  for (const observer of observers.splice(0)) observer.stop();
});

function observing(register: PrometheusRegistry): void {
  observers.push(new PrometheusObserver({ register }));
}

describe('the page', () => {
  it('is to the letter what the metrics of prom-client print for the same observations', async () => {
    const [observed, expected] = [new Registry(), new Registry()];
    observing(observed);

    byEvents();
    byHand(expected);

    expect(await observed.metrics()).toBe(await expected.metrics());
  });

  it('is that in OpenMetrics too, at every scrape', async () => {
    const [observed, expected] = [openMetricsRegistry(), openMetricsRegistry()];
    observing(observed);

    byEvents();
    byHand(expected);

    expect(await observed.metrics()).toBe(await expected.metrics());
    expect(await observed.metrics()).toBe(await expected.metrics());
    expect(await observed.metrics()).toContain('backendai_layer_operation_count_total{');
  });

  it('carries the default labels of its registry', async () => {
    const [observed, expected] = [new Registry(), new Registry()];
    observing(observed);
    for (const register of [observed, expected]) register.setDefaultLabels({ app: 'demo' });

    byEvents();
    byHand(expected);

    expect(await observed.metrics()).toBe(await expected.metrics());
    expect(await observed.metrics()).toContain('app="demo"');
  });

  it('is the same once the workers of a cluster are added up', async () => {
    const [observed, expected] = [new Registry(), new Registry()];
    observing(observed);

    byEvents();
    byHand(expected);

    const added = async (register: Registry): Promise<string> => {
      const json = JSON.parse(JSON.stringify(await register.getMetricsAsJSON())) as object;
      return AggregatorRegistry.aggregate([json, json]).metrics();
    };
    expect(await added(observed)).toBe(await added(expected));
    expect(await added(observed)).toContain('success="true"} 38');
  });

  it('shows five empty metrics before the first operation', async () => {
    const register = new Registry();
    observing(register);

    const lines = (await register.metrics()).split('\n').filter((line) => line !== '');

    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
      [
        'backendai_layer_operation_triggered_count',
        'backendai_layer_operation_count',
        'backendai_layer_operation_error_count',
        'backendai_layer_retry_count',
        'backendai_layer_operation_duration_sec',
      ].flatMap((name) => [`# HELP ${name}`, `# TYPE ${name}`]),
    );
  });

  itWithPromtool('is understood by promtool, which finds fault with nothing but names', async () => {
    const register = new Registry();
    observing(register);

    byEvents();
    publishOperation({ kind: 'started', at, operation: 'say "hi"\\\n', source: null });
    const { stdout, stderr, status } = spawnSync(promtool, ['check', 'metrics'], {
      input: await register.metrics(),
      encoding: 'utf8',
    });

    // 3 is "parsed, with findings"; 1 would be "not understood".
    expect({ stdout, status }).toEqual({ stdout: '', status: 3 });
    const findings = stderr.split('\n').filter((line) => line !== '');
    expect(findings.filter((line) => !/(suffix|abbreviated units)$/.test(line))).toEqual([]);
  });
});
