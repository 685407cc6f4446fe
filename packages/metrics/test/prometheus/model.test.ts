import { describe, it, expect } from '@jest/globals';
import { type OperationEvent, type OperationLayer, publishOperation } from '@holdfast/operation';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import fc from 'fast-check';
import { Registry } from 'prom-client';

const layers: readonly OperationLayer[] = [
  { domain: 'repository', layer: 'a' },
  { domain: 'db_source', layer: 'a' },
  { domain: 'repository', layer: 'b' },
];
const pool = { poolFigures: () => ({ max: 1, total: 1, idle: 1, waiting: 0 }) };
const app = {};

const layered = {
  at: fc.constantFrom(null, ...layers),
  operation: fc.constantFrom('get', 'getById', 'get_by_id'),
  source: fc.constantFrom(null, app),
};
const at = { ...layered, at: fc.constantFrom(...layers) };
const inDatabase = {
  at: fc.constant(null),
  operation: fc.constantFrom('get', 'batchUpdate'),
  source: fc.constantFrom(null, app, pool, { ...pool }),
};
const failure = fc.constantFrom(null, 'x');
const durationMs = fc.constantFrom(0.1, 0.2, 1, 30_000, 30_001);
const executed = {
  ...inDatabase,
  ...{ entity: fc.constantFrom(null, 'User', 'Group'), durationMs, error: failure },
  ...{ waitedMs: fc.integer({ min: 0, max: 9 }), statements: fc.nat(5) },
};
const state = fc.constantFrom('closed' as const, 'open' as const, 'half-open' as const, 'isolated' as const);
const verdict = fc.constantFrom('committed' as const, 'not-committed' as const, 'unknown' as const);
const reason = fc.constantFrom(...(['attempts', 'deadline', 'budget', 'signal', 'committed'] as const));

const anyEvent: fc.Arbitrary<OperationEvent> = fc.oneof(
  fc.record({ kind: fc.constant('started' as const), ...at }),
  fc.record({ kind: fc.constant('ended' as const), ...at, durationMs, error: failure }),
  fc.record({
    kind: fc.constant('retried' as const),
    ...layered,
    attempt: fc.nat(),
    delayMs: fc.nat(),
    error: failure,
  }),
  fc.record({ kind: fc.constant('given-up' as const), ...layered, attempts: fc.nat(), reason, error: failure }),
  fc.record({ kind: fc.constant('timed-out' as const), ...layered, timeoutMs: fc.nat() }),
  fc.record({ kind: fc.constant('rejected' as const), ...layered, policy: fc.constantFrom('p', 'q'), error: failure }),
  fc.record({ kind: fc.constant('fell-back' as const), ...layered, error: failure }),
  fc.record({
    ...{ kind: fc.constant('breaker-changed' as const), ...layered },
    ...{ breaker: fc.constantFrom('x', 'y'), from: state, to: state },
  }),
  fc.record({
    ...{ kind: fc.constant('replayed' as const), ...inDatabase },
    ...{ attempt: fc.nat(), delayMs: fc.nat(), error: failure },
  }),
  fc.record({ kind: fc.constant('executed' as const), ...executed }),
  fc.record({ kind: fc.constant('slow' as const), ...executed }),
  fc.record({ kind: fc.constant('commit-resolved' as const), ...inDatabase, verdict, durationMs }),
  fc.record({
    ...{ kind: fc.constant('cache-answered' as const), ...at, durationMs },
    answer: fc.constantFrom(...(['hit', 'negative', 'stale', 'miss', 'joined'] as const)),
  }),
  fc.record({ kind: fc.constant('cache-failed' as const), ...at, error: failure }),
  fc.record({
    ...{ kind: fc.constant('cache-invalidated' as const), ...at, keys: fc.nat(9) },
    outcome: fc.constantFrom(...(['suspended', 'delivered', 'failed', 'late', 'expired', 'refused'] as const)),
  }),
  fc.record({ kind: fc.constant('cache-invalidations-pending' as const), ...at, keys: fc.nat(9) }),
);

const snake = { get: 'get', getById: 'get_by_id', get_by_id: 'get_by_id', batchUpdate: 'batch_update' };

/** Every line that an event adds to, with how much it adds: the naive way, without anything kept in between. */
function added(event: OperationEvent): readonly (readonly [string, Readonly<Record<string, string>>, number])[] {
  const operation = snake[event.operation as keyof typeof snake];
  const labels = { domain: event.at?.domain ?? '', layer: event.at?.layer ?? '', operation };
  const database = event.source === pool ? 'main' : '_other';
  const isLayered = event.at !== null;
  switch (event.kind) {
    case 'started':
      return [];
    case 'ended': {
      const seconds = event.durationMs / 1000;
      const failed = event.error !== null;
      return [
        ['layer_operation_count', { ...labels, success: String(!failed) }, 1],
        ['layer_operation_duration_sec_count', labels, 1],
        ['layer_operation_duration_sec_sum', labels, seconds],
        ...[0.0001, 0.00025, 0.001, 10, 30, '+Inf' as const]
          .filter((le) => le === '+Inf' || seconds <= le)
          .map((le) => ['layer_operation_duration_sec_bucket', { ...labels, le: String(le) }, 1] as const),
        ...(failed
          ? [['layer_operation_error_count', { ...labels, error_code: 'backendai_generic_internal-error' }, 1] as const]
          : []),
      ];
    }
    case 'retried':
      return isLayered ? [['layer_retry_count', labels, 1]] : [];
    case 'given-up':
      return isLayered ? [['layer_given_up_count', { ...labels, reason: event.reason }, 1]] : [];
    case 'timed-out':
      return isLayered ? [['layer_timeout_count', labels, 1]] : [];
    case 'rejected':
      return isLayered ? [['layer_rejection_count', { ...labels, policy: event.policy }, 1]] : [];
    case 'fell-back':
      return isLayered ? [['layer_fallback_count', labels, 1]] : [];
    case 'breaker-changed':
      return [['breaker_transition_count', { breaker: event.breaker, from: event.from, to: event.to }, 1]];
    case 'replayed':
      return [['database_replay_count', { database, operation }, 1]];
    case 'slow':
      return [['database_slow_operation_count', { database, entity: event.entity ?? '', operation }, 1]];
    case 'executed': {
      const of = { database, entity: event.entity ?? '', operation };
      return [
        ['database_operation_count', { ...of, success: String(event.error === null) }, 1],
        ['database_statement_count', of, event.statements],
        ['database_connection_wait_sec', { database }, event.waitedMs / 1000],
      ];
    }
    case 'commit-resolved':
      return [
        ['database_commit_resolution_count', { database, operation, verdict: event.verdict }, 1],
        ['database_commit_resolution_duration_sec_count', { database }, 1],
      ];
    case 'cache-answered':
      return [
        ['cache_read_count', { layer: labels.layer, answer: event.answer }, 1],
        ['cache_read_duration_sec_count', { layer: labels.layer }, 1],
        ['cache_read_duration_sec_sum', { layer: labels.layer }, event.durationMs / 1000],
      ];
    case 'cache-failed':
      return [['cache_failure_count', { layer: labels.layer, operation }, 1]];
    case 'cache-invalidated':
      return [['cache_invalidation_count', { layer: labels.layer, outcome: event.outcome }, event.keys]];
    case 'cache-invalidations-pending':
      return [];
  }
}

function line(name: string, labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).sort((one, other) => one.localeCompare(other));
  return `${name}${JSON.stringify(labels, names)}`;
}

function isCounter(key: string): boolean {
  return /^(layer|breaker|database|cache)_\w+_(count|sec)\{/.test(key) && !key.includes('triggered');
}

/** All lines of a page. */
async function counted(register: Registry): Promise<ReadonlyMap<string, number>> {
  const lines = new Map<string, number>();
  for (const text of (await register.metrics()).split('\n')) {
    const parts = /^backendai_(\w+)\{(.*)\} (\S+)$/.exec(text);
    if (parts === null) continue;
    const labels = [...parts[2]!.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1]!, match[2]!] as const);
    const key = line(parts[1]!, Object.fromEntries(labels));
    expect(lines.has(key)).toBe(false);
    lines.set(key, Number(parts[3]));
  }
  return lines;
}

describe('the counters', () => {
  it.each([[null], [app]])(
    'say after any sequence of events what counting them one by one says (source %p)',
    async (source) => {
      const isOurs = (event: OperationEvent): boolean =>
        source === null || event.source === source || (event.at === null && event.source === pool);
      await fc.assert(
        fc.asyncProperty(fc.array(anyEvent, { maxLength: 60 }), async (events) => {
          const register = new Registry();
          const observer = new PrometheusObserver({ register, source, databases: { main: pool } });
          const expected = new Map<string, number>();
          try {
            for (const event of events) {
              publishOperation(event);
              for (const [name, labels, amount] of isOurs(event) ? added(event) : []) {
                const key = line(name, labels);
                expected.set(key, (expected.get(key) ?? 0) + amount);
              }
            }
            const lines = await counted(register);

            for (const [key, value] of expected) expect([key, lines.get(key)]).toEqual([key, expect.closeTo(value, 9)]);
            for (const [key, value] of lines) {
              if (isCounter(key) && value !== 0) expect(expected.keys()).toContain(key);
            }

            register.resetMetrics();
            for (const [key, value] of await counted(register))
              if (isCounter(key)) expect([key, value]).toEqual([key, 0]);
          } finally {
            observer.stop();
          }
        }),
        { numRuns: 50 },
      );
    },
  );
});
