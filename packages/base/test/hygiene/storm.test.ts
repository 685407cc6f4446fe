import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { guardedPool } from '../../src/index.js';
import { poolOf } from '../fixture/pool-of.js';
import { EntryRow } from '../fixture/storm/entries.js';
import { storm, type StormResult } from '../fixture/storm/storm.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const CONNECTIONS = 8;
const seed = Number(process.env['HOLDFAST_STORM_SEED'] ?? randomInt(2 ** 31));
const operations = Number(process.env['HOLDFAST_STORM_OPERATIONS'] ?? 10_000);

// Cancelled from outside, given up, out of time and timed out, by the thousand: each operation is done or not done.
describe.each([
  ['the guarded pool', guardedPool({ max: CONNECTIONS }), operations],
  ['a stock pool', { extra: { max: CONNECTIONS } }, operations / 10],
] as const)('after a storm of cancels over %s', (name, pool, count) => {
  let test: TestDatabase;
  let admin: pg.Client;
  let result: StormResult;

  beforeAll(async () => {
    test = await testDatabase([EntryRow], pool);
    admin = new pg.Client(test.url);
    await admin.connect();
    await admin.query('CREATE TABLE canary AS SELECT 0 AS value');
    await admin.query(
      `CREATE TABLE counters AS SELECT id, 0 AS value, '{}'::int[] AS operations FROM generate_series(0, 4) AS id`,
    );
    process.stderr.write(`The storm over ${name}: ${count} operations, HOLDFAST_STORM_SEED=${seed}\n`);
    result = await storm({ database: test.database, url: test.url, operations: count, seed });
  }, 300_000);
  afterAll(async () => {
    await admin.end();
    await test.close();
  });

  const rows = async (sql: string): Promise<unknown[]> => (await admin.query(sql)).rows;

  /** All connections of the pool at once: whatever was under way on them has ended. */
  const withConnections = async <Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result[]> => {
    const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => poolOf(test.dataSource).connect()));
    const results = await Promise.all(clients.map(use));
    for (const client of clients) client.release();
    return results;
  };

  it('operations ended in all ways that they are to end in, and in no other', () => {
    expect(result.complaints).toEqual([]);
    const ends = Object.keys(result.ends).join();
    // Too few operations need not come to everything.
    if (count < 1_000) return;
    for (const end of ['done', 'StatementCanceled', 'DeadlineExceeded', 'GivenUp', 'LockNotAvailable', 'Undone']) {
      expect(ends).toContain(end);
    }
  });

  it('what was acknowledged is stored as a whole, and of what failed nothing is', async () => {
    const stored = new Map<number, string>();
    for (const row of await rows(
      `SELECT operation, string_agg(part::text, ',' ORDER BY part) AS parts FROM entries GROUP BY operation`,
    )) {
      const { operation, parts } = row as { operation: number; parts: string };
      stored.set(operation, parts);
    }

    const wrong = [...result.outcomes].filter(([operation, outcome]) => {
      const parts = stored.get(operation) ?? '';
      const isWhole = parts === '1,2';
      return outcome === 'committed' ? !isWhole : outcome === 'not-committed' ? parts !== '' : !isWhole && parts !== '';
    });

    expect(wrong.map((each) => [...each, stored.get(each[0])])).toEqual([]);
    expect([...stored.keys()].filter((operation) => !result.outcomes.has(operation))).toEqual([]);
  });

  it('what was counted was counted once', async () => {
    const [counts] = await rows(`
      SELECT (SELECT sum(value)::int FROM counters) AS counted,
        (SELECT cardinality(operations) FROM counters WHERE id = 4) AS listed,
        (SELECT count(*)::int FROM counters, unnest(operations) AS listed (operation)
          WHERE (SELECT count(*) FROM entries WHERE entries.operation = listed.operation) = 2) AS stored`);

    const { counted } = counts as { counted: number };
    expect(counts).toEqual({ counted, listed: counted, stored: counted });
    expect(counted).toBeGreaterThan(0);
  });

  it('nothing of what was undone is there', async () => {
    expect(await rows('SELECT value FROM canary')).toEqual([{ value: 0 }]);
  });

  it('no connection has a transaction open, a lock, or a setting of somebody', async () => {
    const settings = await withConnections(async (client) => {
      const { rows: set } = await client.query(`SELECT name, setting FROM pg_settings WHERE source = 'session'`);
      return set;
    });
    expect(settings.flat()).toEqual([]);
    const others = `backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()`;
    // A connection that was ended is gone a moment later; what is left by one that was not stays, and is waited for in vain.
    const busy = `SELECT pid, state, query FROM pg_stat_activity WHERE state <> 'idle' AND ${others}`;
    while ((await rows(busy)).length > 0);
    expect(await rows(`SELECT l.* FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid) WHERE ${others}`)).toEqual(
      [],
    );
    expect(test.database.poolFigures()).toMatchObject({ idle: test.database.poolFigures().total, waiting: 0 });
  });
});
