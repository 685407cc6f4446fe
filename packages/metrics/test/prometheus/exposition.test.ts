import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HoldfastError, errorCode } from '@holdfast/errors';
import { publishOperation } from '@holdfast/operation';
import { openMetricsContentType, Registry } from 'prom-client';
import { metricNames, PrometheusObserver, type PrometheusObserverArgs } from '@holdfast/metrics/prometheus';
import { clients } from './clients.js';
import { ToldByHand } from './told-by-hand.js';

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

const main = { poolFigures: () => ({ max: 10, total: 7, idle: 3, waiting: 2 }) };
const stack = {
  name: 'sessions',
  policies: [
    { name: 'metrics', layer: at },
    { name: 'retry', budget: { calls: 40, retries: 3, remaining: 17 } },
    { name: 'circuit-breaker', label: 'main', state: 'half-open' },
    { name: 'bulkhead', label: 'reports', figures: { running: 4, queued: 1, limit: 4 } },
  ],
};
const shown = { databases: { main }, resiliences: [stack] };

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
  publishOperation({ ...event, kind: 'given-up', attempts: 3, reason: 'deadline', error: unavailable });
  publishOperation({ ...event, kind: 'given-up', attempts: 1, reason: 'budget', error: unavailable });
  publishOperation({ ...event, kind: 'given-up', attempts: 1, reason: 'committed', error: unavailable });
  publishOperation({ ...event, kind: 'timed-out', timeoutMs: 100 });
  publishOperation({ ...event, kind: 'rejected', policy: 'bulkhead', error: unavailable });
  publishOperation({ ...event, kind: 'rejected', policy: 'of-their-own', error: unavailable });
  publishOperation({ ...event, kind: 'fell-back', error: unavailable });
  publishOperation({ ...event, kind: 'started' });
  publishOperation({ ...event, kind: 'breaker-changed', breaker: 'main', from: 'closed', to: 'open' });
  publishOperation({ ...event, kind: 'breaker-changed', breaker: 'main', from: 'open', to: 'isolated' });
  byDatabase();
}

function byDatabase(): void {
  const event = { at: null, operation: 'batchUpdate', source: main } as const;
  const figures = { entity: 'Session', durationMs: 900, waitedMs: 125, statements: 3 };
  publishOperation({ ...event, kind: 'replayed', attempt: 1, delayMs: 5, error: unavailable });
  publishOperation({ ...event, kind: 'executed', ...figures, error: null });
  publishOperation({ ...event, kind: 'executed', ...figures, statements: 2, error: unavailable });
  publishOperation({ ...event, kind: 'slow', ...figures, error: null });
  publishOperation({ ...event, kind: 'commit-resolved', verdict: 'committed', durationMs: 40 });
  publishOperation({ ...event, kind: 'commit-resolved', verdict: 'unknown', durationMs: 6000 });
}

/** The same observations, told to metrics of the client's own. */
function tell(byHand: ToldByHand): void {
  const labels = { domain: 'repository', layer: 'session_repository', operation: 'get_session_by_id' };
  byHand.set('layer_operation_triggered_count', labels, 1);
  byHand.counted('layer_operation_count', { ...labels, success: 'true' }, durationsMs.length);
  byHand.counted('layer_operation_count', { ...labels, success: 'false' }, 3);
  byHand.counted('layer_operation_error_count', { ...labels, error_code: 'database_access_unavailable' }, 2);
  byHand.counted('layer_operation_error_count', { ...labels, error_code: 'backendai_generic_internal-error' }, 1);
  byHand.counted('layer_retry_count', labels, 2);
  byHand.observed('layer_operation_duration_sec', labels, [...durationsMs, 5, 6, 7]);
  byHand.counted('layer_given_up_count', { ...labels, reason: 'attempts' }, 0);
  byHand.counted('layer_given_up_count', { ...labels, reason: 'deadline' }, 1);
  byHand.counted('layer_given_up_count', { ...labels, reason: 'budget' }, 1);
  byHand.counted('layer_given_up_count', { ...labels, reason: 'signal' }, 0);
  byHand.counted('layer_given_up_count', { ...labels, reason: 'committed' }, 1);
  byHand.counted('layer_timeout_count', labels, 1);
  byHand.counted('layer_rejection_count', { ...labels, policy: 'circuit-breaker' }, 0);
  byHand.counted('layer_rejection_count', { ...labels, policy: 'bulkhead' }, 1);
  byHand.counted('layer_rejection_count', { ...labels, policy: 'of-their-own' }, 1);
  byHand.counted('layer_fallback_count', labels, 1);
  const changed = 'breaker_transition_count';
  byHand.counted(changed, { breaker: 'main', from: 'closed', to: 'open' }, 1);
  byHand.counted(changed, { breaker: 'main', from: 'open', to: 'half-open' }, 0);
  byHand.counted(changed, { breaker: 'main', from: 'half-open', to: 'open' }, 0);
  byHand.counted(changed, { breaker: 'main', from: 'half-open', to: 'closed' }, 0);
  byHand.counted(changed, { breaker: 'main', from: 'open', to: 'isolated' }, 1);
  byHand.set('breaker_state', { breaker: 'main', state: 'closed' }, 0);
  byHand.set('breaker_state', { breaker: 'main', state: 'open' }, 0);
  byHand.set('breaker_state', { breaker: 'main', state: 'half-open' }, 1);
  byHand.set('breaker_state', { breaker: 'main', state: 'isolated' }, 0);
  byHand.set('retry_budget_remaining', { resilience: 'sessions' }, 17);
  byHand.set('retry_budget_calls', { resilience: 'sessions' }, 40);
  byHand.set('retry_budget_retries', { resilience: 'sessions' }, 3);
  byHand.set('bulkhead_running', { bulkhead: 'reports' }, 4);
  byHand.set('bulkhead_queued', { bulkhead: 'reports' }, 1);
  byHand.set('bulkhead_limit', { bulkhead: 'reports' }, 4);
  tellOfDatabase(byHand);
}

function tellOfDatabase(byHand: ToldByHand): void {
  const database = { database: 'main' };
  byHand.set('database_pool_connections', { ...database, state: 'idle' }, 3);
  byHand.set('database_pool_connections', { ...database, state: 'used' }, 4);
  byHand.set('database_pool_max_connections', database, 10);
  byHand.set('database_pool_waiting', database, 2);
  const executed = { ...database, entity: 'Session', operation: 'batch_update' };
  byHand.counted('database_operation_count', { ...executed, success: 'true' }, 1);
  byHand.counted('database_operation_count', { ...executed, success: 'false' }, 1);
  byHand.counted('database_statement_count', executed, 5);
  byHand.counted('database_slow_operation_count', executed, 1);
  byHand.counted('database_connection_wait_sec', database, 0.25);
  byHand.observed('database_commit_resolution_duration_sec', database, [40, 6000]);
  const recovered = { ...database, operation: 'batch_update' };
  byHand.counted('database_replay_count', recovered, 1);
  byHand.counted('database_commit_resolution_count', { ...recovered, verdict: 'committed' }, 1);
  byHand.counted('database_commit_resolution_count', { ...recovered, verdict: 'not-committed' }, 0);
  byHand.counted('database_commit_resolution_count', { ...recovered, verdict: 'unknown' }, 1);
}

const observers: PrometheusObserver[] = [];

afterEach(() => {
  for (const observer of observers.splice(0)) observer.stop();
});

function observing(args: PrometheusObserverArgs): void {
  observers.push(new PrometheusObserver({ ...shown, ...args }));
}

describe.each(clients)('the page of %s', (_, client) => {
  const textRegistry = () => new client.Registry();
  const openMetricsRegistry = () => {
    const register = new client.Registry<typeof openMetricsContentType>();
    register.setContentType(openMetricsContentType);
    return register;
  };

  it.each([
    ['the text format', textRegistry],
    ['OpenMetrics', openMetricsRegistry],
  ])('is to the letter what its own metrics print for the same observations, in %s', async (_format, make) => {
    const [observed, expected] = [make(), make()];
    observing({ register: observed });

    byEvents();
    tell(new ToldByHand(client, expected));

    expect(await observed.metrics()).toBe(await expected.metrics());
    expect(await observed.metrics()).toBe(await expected.metrics());
    expect(await observed.metrics()).toContain('session_repository');
  });

  it('carries the default labels of its registry', async () => {
    const [observed, expected] = [textRegistry(), textRegistry()];
    observing({ register: observed });
    for (const register of [observed, expected]) register.setDefaultLabels({ app: 'demo' });

    byEvents();
    tell(new ToldByHand(client, expected));

    expect(await observed.metrics()).toBe(await expected.metrics());
    expect(await observed.metrics()).toContain('app="demo"');
  });

  it('is the same once the workers of a cluster are added up', async () => {
    const [observed, expected] = [textRegistry(), textRegistry()];
    observing({ register: observed });

    byEvents();
    tell(new ToldByHand(client, expected));

    const added = async (register: Registry): Promise<string> => {
      const json = JSON.parse(JSON.stringify(await register.getMetricsAsJSON())) as object;
      return client.AggregatorRegistry.aggregate([json, json]).metrics();
    };
    expect(await added(observed)).toBe(await added(expected));
    expect(await added(observed)).toContain('success="true"} 38');
  });

  it('names counters rightly whatever the formats are that one registry is asked for, and others beside it', async () => {
    const [text, other] = [textRegistry(), textRegistry()];
    observing({ register: [text, other], naming: 'conventional' });
    byEvents();
    const before = await text.metrics();

    text.setContentType(openMetricsContentType as never);
    const openMetrics = await text.metrics();

    expect(openMetrics).toContain('# TYPE backendai_layer_operations counter');
    expect(openMetrics).toContain('\nbackendai_layer_operations_total{');
    expect(openMetrics).not.toContain('_total_total');
    expect(await other.metrics()).toBe(before);
    text.setContentType(text.contentType && ('text/plain; version=0.0.4; charset=utf-8' as const));
    expect(await text.metrics()).toBe(before);
  });
});

describe('the page', () => {
  it('shows every metric without a line before the first event, where nothing was given to be shown', async () => {
    const register = new Registry();
    observers.push(new PrometheusObserver({ register }));

    const lines = (await register.metrics()).split('\n').filter((line) => line !== '');

    expect(lines.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual(
      metricNames().flatMap(({ name, type, help }) => [
        `# HELP ${name} ${help.split(' ')[0]!}`,
        `# TYPE ${name} ${type}`,
      ]),
    );
  });

  itWithPromtool.each(['seeds', 'conventional'] as const)(
    'is understood by promtool with the names of %s, which finds fault with nothing but names',
    async (naming) => {
      const register = new Registry();
      observing({ register, naming });

      byEvents();
      publishOperation({ kind: 'started', at, operation: 'say "hi"\\\n', source: null });
      const { stdout, stderr, status } = spawnSync(promtool, ['check', 'metrics'], {
        input: await register.metrics(),
        encoding: 'utf8',
      });

      // 0 is "nothing found", 3 is "parsed, with findings"; 1 would be "not understood".
      expect({ stdout, status }).toEqual({ stdout: '', status: naming === 'seeds' ? 3 : 0 });
      const findings = stderr.split('\n').filter((line) => line !== '');
      expect(findings.filter((line) => !/(suffix|abbreviated units)$/.test(line))).toEqual([]);
    },
  );
});
