import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { publishOperation } from '@holdfast/operation';
import { type MetricNaming, metricNames } from '@holdfast/metrics/prometheus';
import { lines, observing } from './observing.js';

/** Seeds' name, conventional name, type and labels: what others build on, so that it must not change by accident. */
const contract: readonly (readonly [string, string, string, string])[] = [
  ['layer_operation_triggered_count', 'layer_operations_in_flight', 'gauge', 'domain layer operation'],
  ['layer_operation_count', 'layer_operations_total', 'counter', 'domain layer operation success'],
  ['layer_operation_error_count', 'layer_operation_errors_total', 'counter', 'domain layer operation error_code'],
  ['layer_retry_count', 'layer_retries_total', 'counter', 'domain layer operation'],
  ['layer_operation_duration_sec', 'layer_operation_duration_seconds', 'histogram', 'domain layer operation'],
  ['layer_given_up_count', 'layer_given_up_total', 'counter', 'domain layer operation reason'],
  ['layer_timeout_count', 'layer_timeouts_total', 'counter', 'domain layer operation'],
  ['layer_rejection_count', 'layer_rejections_total', 'counter', 'domain layer operation policy'],
  ['layer_fallback_count', 'layer_fallbacks_total', 'counter', 'domain layer operation'],
  ['breaker_transition_count', 'breaker_transitions_total', 'counter', 'breaker from to'],
  ['breaker_state', 'breaker_state', 'gauge', 'breaker state'],
  ['retry_budget_remaining', 'retry_budget_remaining', 'gauge', 'resilience'],
  ['retry_budget_calls', 'retry_budget_calls', 'gauge', 'resilience'],
  ['retry_budget_retries', 'retry_budget_retries', 'gauge', 'resilience'],
  ['bulkhead_running', 'bulkhead_running', 'gauge', 'bulkhead'],
  ['bulkhead_queued', 'bulkhead_queued', 'gauge', 'bulkhead'],
  ['bulkhead_limit', 'bulkhead_limit', 'gauge', 'bulkhead'],
  ['database_pool_connections', 'database_pool_connections', 'gauge', 'database state'],
  ['database_pool_max_connections', 'database_pool_max_connections', 'gauge', 'database'],
  ['database_pool_waiting', 'database_pool_waiting', 'gauge', 'database'],
  ['database_operation_count', 'database_operations_total', 'counter', 'database entity operation success'],
  ['database_statement_count', 'database_statements_total', 'counter', 'database entity operation'],
  ['database_slow_operation_count', 'database_slow_operations_total', 'counter', 'database entity operation'],
  ['database_connection_wait_sec', 'database_connection_wait_seconds_total', 'counter', 'database'],
  ['database_commit_resolution_duration_sec', 'database_commit_resolution_duration_seconds', 'histogram', 'database'],
  ['database_replay_count', 'database_replays_total', 'counter', 'database operation'],
  ['database_commit_resolution_count', 'database_commit_resolutions_total', 'counter', 'database operation verdict'],
  ['cache_read_count', 'cache_reads_total', 'counter', 'layer answer'],
  ['cache_read_duration_sec', 'cache_read_duration_seconds', 'histogram', 'layer'],
  ['cache_failure_count', 'cache_failures_total', 'counter', 'layer operation'],
  ['cache_invalidation_count', 'cache_invalidations_total', 'counter', 'layer outcome'],
  ['cache_pending_invalidations', 'cache_pending_invalidations', 'gauge', 'layer'],
];

const namings: readonly MetricNaming[] = ['seeds', 'conventional'];

/** The names on a page, with their types. */
async function namesOnPage(args: Parameters<typeof observing>[0]): Promise<readonly string[]> {
  const page = await observing(args).metrics();
  return page.split('\n').flatMap((line) => (line.startsWith('# TYPE ') ? [line.slice('# TYPE '.length)] : []));
}

describe('metricNames', () => {
  it('lists the metrics with the names that others build on', () => {
    const [seeds, conventional] = namings.map((naming) => metricNames({ naming, prefix: 'p' }));

    expect(seeds!.map(({ name, type, labels }) => [name, type, labels.join(' ')])).toEqual(
      contract.map(([name, , type, labels]) => [`p_${name}`, type, labels]),
    );
    expect(conventional!.map(({ name, type, labels }) => [name, type, labels.join(' ')])).toEqual(
      contract.map(([, name, type, labels]) => [`p_${name}`, type, labels]),
    );
  });

  it.each(namings)('lists exactly what a page shows, with the names of %s', async (naming) => {
    const args = { naming, prefix: 'holdfast' };

    expect(await namesOnPage(args)).toEqual(metricNames(args).map(({ name, type }) => `${name} ${type}`));
  });

  it('has the defaults of PrometheusObserver', async () => {
    expect(await namesOnPage({})).toEqual(metricNames().map(({ name, type }) => `${name} ${type}`));
    expect(metricNames()[1]!.name).toBe('backendai_layer_operation_count');
  });

  it.each([[{ prefix: '1up' }], [{ naming: 'other' as MetricNaming }]])('refuses %j as the observer does', (args) => {
    expect(() => metricNames(args)).toThrow(Misuse);
    expect(() => observing(args)).toThrow(Misuse);
  });
});

describe('the naming', () => {
  it('has operations as they are written, where it is conventional', async () => {
    const register = observing({ naming: 'conventional' });
    const at = { domain: 'repository', layer: 'user_repository' } as const;

    publishOperation({ kind: 'retried', at, operation: 'getUser', source: null, attempt: 1, delayMs: 1, error: 'x' });

    expect(await lines(register, 'layer_retries_total')).toEqual({
      '{domain="repository",layer="user_repository",operation="getUser"}': 1,
    });
  });
});

describe('the README', () => {
  it('has exactly these metrics in its tables, with their names, types, labels', () => {
    const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
    const code = /`([^`]+)`/g;
    const rows = readme
      .split('\n')
      .filter((line) => /^\| `(layer|breaker|retry_budget|bulkhead|database|cache)_/.test(line))
      .map(
        (line) =>
          line
            .split('|')
            .slice(1, 5)
            .map((cell) => cell.trim()) as [string, string, string, string],
      )
      .map(([seeds, conventional, type, labels]) => [
        seeds.replaceAll('`', ''),
        conventional === 'the same' ? seeds.replaceAll('`', '') : conventional.replaceAll('`', ''),
        type,
        [...labels.matchAll(code)].map((match) => match[1]!).join(' '),
      ]);

    expect(rows).toEqual(contract);
  });
});
