import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool) console.warn('Left out: promtool is not installed (package prometheus of Debian).');

const alice = syntheticTenants.domains[0]!.users[0]!;
const owed = path.join(__dirname, 'promtool-lint.txt');

describe('/metrics', () => {
  let database: ScratchDatabase;
  let demo: RunningDemo;

  beforeAll(async () => {
    database = await scratchDatabase();
    demo = await runDemo({ databaseUrl: database.url });
    const page = await demo.call(alice.accessKey, '/sessions?first=1');
    const [session] = page.body['items'] as [{ id: string }];
    await demo.call(alice.accessKey, `/sessions/${session.id}`);
    await demo.call(alice.accessKey, '/sessions/00000000-0000-7000-8000-000000000000');
    await demo.call(alice.accessKey, '/agents?first=1');
  });
  afterAll(async () => {
    await demo.stop();
    await database.drop();
  });

  async function samples(): Promise<readonly string[]> {
    const { status, text } = await demo.call(null, '/metrics');
    expect(status).toBe(200);
    return text.split('\n');
  }

  /** The value of the sample with this name and these labels, in any order. */
  async function valueOf(name: string, labels: Readonly<Record<string, string>>): Promise<number | null> {
    const line = (await samples()).find(
      (one) =>
        one.startsWith(`${name}{`) &&
        Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
    );
    return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ') + 1));
  }

  it.each([
    ['backendai_layer_operation_triggered_count', 'gauge', ['domain', 'layer', 'operation']],
    ['backendai_layer_operation_count', 'counter', ['domain', 'layer', 'operation', 'success']],
    ['backendai_layer_operation_error_count', 'counter', ['domain', 'error_code', 'layer', 'operation']],
    ['backendai_layer_retry_count', 'counter', ['domain', 'layer', 'operation']],
    ['backendai_layer_operation_duration_sec', 'histogram', ['domain', 'layer', 'operation']],
  ])('shows %s, a %s, with exactly its labels', async (name, type, labels) => {
    if (name === 'backendai_layer_retry_count') await provokeRetry();
    const lines = await samples();
    expect(lines).toContain(`# TYPE ${name} ${type}`);
    const own = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name}_bucket{`));
    expect(own.length).toBeGreaterThan(0);
    for (const line of own) {
      const names = [...line.matchAll(/([a-z_]+)="[^"]*"/g)]
        .map((match) => match[1]!)
        .filter((label) => label !== 'le');
      expect(names.sort()).toEqual(labels);
    }
  });

  it('counts what went well and what did not, by layer, operation and error code', async () => {
    const repository = { domain: 'repository', layer: 'session_repository', operation: 'get_session_by_id' };
    const count = 'backendai_layer_operation_count';
    expect(await valueOf(count, { ...repository, success: 'true' })).toBeGreaterThanOrEqual(1);
    expect(await valueOf(count, { ...repository, success: 'false' })).toBeGreaterThanOrEqual(1);
    const errors = 'backendai_layer_operation_error_count';
    expect(await valueOf(errors, { ...repository, error_code: 'session_read_not-found' })).toBeGreaterThanOrEqual(1);
    const source = { domain: 'db_source', layer: 'session_db_source' };
    expect(await valueOf(count, { ...source, success: 'true' })).toBeGreaterThanOrEqual(1);
  });

  it('counts the retry of a read whose connection was cut, and the read succeeds', async () => {
    const labels = { domain: 'repository', layer: 'session_repository', operation: 'get_session_by_id' };
    const before = (await valueOf('backendai_layer_retry_count', labels)) ?? 0;
    expect(await provokeRetry()).toBe(200);
    expect(await valueOf('backendai_layer_retry_count', labels)).toBeGreaterThan(before);
  });

  /** Cuts the connection of a read that waits for a lock; returns the status of its answer. */
  async function provokeRetry(): Promise<number> {
    const page = await demo.call(alice.accessKey, '/sessions?first=1');
    const [session] = page.body['items'] as [{ id: string }];
    const other = new Client({ connectionString: database.url });
    await other.connect();
    try {
      await other.query('BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE');
      const answer = demo.call(alice.accessKey, `/sessions/${session.id}`);
      const waiting = `FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      for (;;) {
        const { rowCount } = await other.query(`SELECT pg_terminate_backend(pid) ${waiting}`);
        if (rowCount! > 0) break;
      }
      await other.query('ROLLBACK');
      return (await answer).status;
    } finally {
      await other.end();
    }
  }

  (hasPromtool ? it : it.skip)(
    'is a page that promtool reads, with the lint that the names of the seeds owe',
    async () => {
      await provokeRetry();
      const { text } = await demo.call(null, '/metrics');
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
      // 0: no lint, 3: lint; everything else: not readable.
      expect([0, 3]).toContain(status);
      const lint = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
      expect(lint.sort()).toEqual(
        readFileSync(owed, 'utf8')
          .split('\n')
          .filter((line) => line !== ''),
      );
    },
  );
});
