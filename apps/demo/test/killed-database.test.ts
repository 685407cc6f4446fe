import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { type DemoProcess, spawnDemo } from './support/demo-process.js';
import { KillableServer } from './support/killable-server.js';
import { MetricsPage } from './support/metrics-page.js';
import { RestLoad } from './support/rest-load.js';
import { until } from './support/until.js';

const owner = syntheticTenants.domains[0]!.users[0]!;
const CLIENTS = 24;
const KILLS = 2;
const PATIENCE_MS = 60_000;
/** No call takes longer than its ten seconds and those that a lost commit may be asked about. */
const CALL_PATIENCE_MS = 30_000;

const REJECTED = 'backendai_generic_unavailable';

/** Those of the demo's stack; see `src/database-resilience.ts`. */
const RETRIES_PER_CALL = 0.2;
const RETRIES_PER_SECOND = 2;
const BUDGET_SECONDS = 10;

describe('a demo under load whose database is killed and comes back', () => {
  let server: KillableServer;
  let demo: DemoProcess;
  let address: string;

  beforeAll(async () => {
    server = await KillableServer.start();
    demo = spawnDemo(['--port', '0'], { DATABASE_URL: server.url });
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(await demo.prints('Ctrl-C ends it.'))![0];
  });
  afterAll(async () => {
    demo.child.kill('SIGTERM');
    await demo.ended;
    await server.stop();
  });

  async function page(): Promise<MetricsPage> {
    return new MetricsPage(await (await fetch(`${address}/metrics`)).text());
  }

  async function changesOfBreaker(change: Readonly<Record<string, string>>): Promise<number> {
    return (await page()).sum('backendai_breaker_transition_count', change);
  }

  async function rejections(): Promise<number> {
    return (await page()).sum('backendai_layer_rejection_count', { policy: 'circuit-breaker' });
  }

  function readiness(status: number): Promise<Record<string, unknown>> {
    return until(`Readiness ${status}`, PATIENCE_MS, async () => {
      const answer = await fetch(`${address}/health/ready`);
      const body = (await answer.json()) as Record<string, unknown>;
      return answer.status === status ? body : null;
    });
  }

  /** How a call is answered that the breaker rejects. */
  function rejection(): Promise<readonly unknown[]> {
    return until('A call that is rejected', PATIENCE_MS, async () => {
      const answer = await fetch(`${address}/sessions`, { headers: { authorization: `Bearer ${owner.accessKey}` } });
      const { code } = (await answer.json()) as { readonly code?: string };
      const { status, headers } = answer;
      return code === REJECTED ? [status, headers.get('retry-after'), headers.get('content-type')] : null;
    });
  }

  async function stored(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ id: string; name: string }>(
        `SELECT id, name FROM sessions WHERE name LIKE 'load-%'`,
      );
      return rows;
    } finally {
      await client.end();
    }
  }

  it('answers every call, opens and closes its breaker, keeps to its budget of retries, and loses and doubles nothing', async () => {
    // Given
    const begin = performance.now();
    const load = new RestLoad({
      address,
      accessKey: owner.accessKey,
      prefix: 'load',
      clients: CLIENTS,
      patienceMs: CALL_PATIENCE_MS,
      restMs: 50,
    });
    await load.moreSuccesses(200);
    const outages: number[] = [];

    for (let kill = 1; kill <= KILLS; kill += 1) {
      // When
      const rejectedBefore = await rejections();
      await server.kill();
      const killed = performance.now();

      // Then
      // Not those of its trials, which fail in every outage any number of times.
      const opened = { from: 'closed', to: 'open' };
      await until('An open breaker', PATIENCE_MS, async () => ((await changesOfBreaker(opened)) >= kill ? true : null));
      await until('Calls that it rejects', PATIENCE_MS, async () =>
        (await rejections()) >= rejectedBefore + 100 ? true : null,
      );
      expect(await readiness(503)).toMatchObject({ code: 'health-check_generic_not-ready' });
      expect((await fetch(`${address}/health/live`)).status).toBe(200);
      expect(await rejection()).toEqual([503, '1', 'application/problem+json']);

      // When
      await server.startAgain();

      // Then
      await readiness(200);
      await load.moreSuccesses(200);
      outages.push(performance.now() - killed);
      expect(await changesOfBreaker({ to: 'closed' })).toBeGreaterThanOrEqual(kill);
    }
    await load.stop();
    const seconds = (performance.now() - begin) / 1000;

    // Then
    expect(demo.child.exitCode).toBeNull();
    expect(demo.errors()).not.toMatch(/unhandled|uncaught/i);
    expect(load.failures).toEqual([]);
    expect([...load.refusals.keys()].filter((refusal) => !/^50[34] [a-z-]+_[a-z-]+_[a-z-]+$/.test(refusal))).toEqual(
      [],
    );

    const end = await until('A demo with nothing under way', PATIENCE_MS, async () => {
      const now = await page();
      const underWay = [
        now.sum('backendai_layer_operation_triggered_count'),
        now.sum('backendai_bulkhead_running'),
        now.sum('backendai_bulkhead_queued'),
        now.sum('backendai_database_pool_waiting'),
        now.sum('backendai_database_pool_connections', { state: 'used' }),
      ];
      return underWay.every((count) => count === 0) ? now : null;
    });
    const repository = { domain: 'repository' };
    const calls = end.sum('backendai_layer_operation_count', repository);
    const retries = end.sum('backendai_layer_retry_count', repository);
    const allowed = RETRIES_PER_CALL * calls + RETRIES_PER_SECOND * (seconds + BUDGET_SECONDS);
    expect(retries).toBeGreaterThan(0);
    expect(retries).toBeLessThanOrEqual(allowed);
    expect(end.sum('backendai_breaker_state', { state: 'closed' })).toBe(1);
    const open = end.sum('backendai_database_pool_connections');
    expect(open).toBeLessThanOrEqual(end.sum('backendai_database_pool_max_connections'));

    const rows = await stored();
    const byName = new Map(rows.map(({ id, name }) => [name, id]));
    expect(byName.size).toBe(rows.length);
    expect([...load.acknowledged].filter(([name, id]) => byName.get(name) !== id)).toEqual([]);
    expect([...load.refused].filter((name) => byName.has(name))).toEqual([]);

    const figure = (name: string, labels: Record<string, string> = {}): number => end.sum(`backendai_${name}`, labels);
    process.stdout.write(
      `killed ${KILLS} times in ${seconds.toFixed(1)} s (${outages.map((ms) => `${Math.round(ms)} ms`).join(', ')} until it served again): ` +
        `${load.calls} calls, ${load.successes} served, ` +
        `${[...load.refusals].map(([refusal, count]) => `${count} × ${refusal}`).join(', ')}; ` +
        `${retries} retries of at most ${Math.floor(allowed)}; ` +
        `breaker opened ${figure('breaker_transition_count', { from: 'closed', to: 'open' })} times, ` +
        `${figure('breaker_transition_count', { from: 'half-open', to: 'open' })} trials failed, ` +
        `closed ${figure('breaker_transition_count', { to: 'closed' })} times, ` +
        `rejected ${figure('layer_rejection_count')}; ` +
        `${load.acknowledged.size} writes acknowledged, ${rows.length} stored, ${load.unknown.size} unknown, none lost, none doubled; ` +
        `commits resolved: ${figure('database_commit_resolution_count')}\n`,
    );
  });
});
