import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ConnectionLost, Database, guardedPool, readSpec } from '../../src/index.js';
import { Statement } from '../../src/wire/statement.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from '../fixture/pgbouncer.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

if (!pgBouncerIsFound) process.stderr.write('Left out: cancels through PgBouncer, which is not installed.\n');

const TIMES = 200;
const reason = new Error('no longer wanted');
const sleeps = new Statement('SELECT pg_sleep($1::float8)', null);
const sleep = (ms: number): ReturnType<typeof readSpec<void>> =>
  readSpec('sleep', () => ({ statement: sleeps, values: [String(ms / 1000)], finish: () => {} }));

/** Gives up what takes about as long as the cancel, which so comes early, in time or late; counts which. */
async function givenUp(work: (signal: AbortSignal) => Promise<unknown>): Promise<'done' | 'given up' | 'ended'> {
  const abort = new AbortController();
  const outcome = work(abort.signal).then(
    () => 'done' as const,
    (error: unknown) => {
      if (isOfPooler(error)) return 'ended' as const;
      expect(error).toBe(reason);
      return 'given up' as const;
    },
  );
  setImmediate(() => abort.abort(reason));
  return outcome;
}

/** PgBouncer ends a client where the cancel hits what it sets for it on a server that it had not before. */
function isOfPooler(error: unknown): boolean {
  return error instanceof ConnectionLost && (error.cause as Error).message === 'invalid server parameter';
}

const ways: readonly (readonly [string, Partial<DataSourceOptions>, boolean])[] = [
  ['the guarded pool', guardedPool({ max: 1 }), false],
  ['a stock pool', { extra: { max: 1 } } as Partial<DataSourceOptions>, false],
  ['PgBouncer', guardedPool({ max: 1 }), true],
];

// One connection, or one server behind the pooler: a cancel that comes late would hit whoever comes next.
describe.each(ways.filter(([, , isPooled]) => !isPooled || pgBouncerIsFound))(
  'the next operation over %s is hit by no cancel',
  (_name, pool, isPooled) => {
    let test: TestDatabase;
    let pooler: PgBouncer | null = null;
    let clients: Database[];
    const opened: { close(): Promise<void> }[] = [];

    beforeAll(async () => {
      test = await testDatabase([], pool);
      clients = [test.database, test.database];
      if (!isPooled) return;
      pooler = await startPgBouncer(test.url, 1);
      clients = await Promise.all(
        [1, 2].map(async () => {
          const dataSource = new DataSource({ type: 'postgres', url: pooler!.url, ...pool } as DataSourceOptions);
          await dataSource.initialize();
          opened.push({ close: () => dataSource.destroy() });
          return new Database(dataSource, { preparedStatements: false });
        }),
      );
    });
    afterAll(async () => {
      for (const each of opened) await each.close();
      await pooler?.close();
      await test.close();
    });

    const server = async (): Promise<unknown> =>
      clients[0]!.beginReadonlySession((dbSession) => dbSession.sql`SELECT pg_backend_pid() AS pid`);

    it.each<[string, (database: Database, signal: AbortSignal, ms: number) => Promise<unknown>]>([
      ['of one statement', (database, signal, ms) => database.execute(sleep(ms), { signal })],
      [
        'of a dbSession',
        (database, signal, ms) => database.beginSession((dbSession) => dbSession.execute(sleep(ms)), { signal }),
      ],
      [
        "of a dbSession's own SQL",
        (database, signal, ms) =>
          database.beginSession((dbSession) => dbSession.sql`SELECT pg_sleep(${ms / 1000}::float8)`, { signal }),
      ],
    ])('%s', async (_kind, work) => {
      const before = await server();
      const seen = new Set<string>();
      for (let i = 0; i < TIMES; i++) {
        // However slow a cancel is, it comes in time for one of twenty.
        const ms = i % 20 === 19 ? 60_000 : (i % 20) / 4;
        seen.add(await givenUp((signal) => work(clients[0]!, signal, ms)));
        await clients[1]!.execute(sleep(2));
      }

      expect(seen).toContain('given up');
      // With the client goes the server that it had.
      if (!seen.has('ended')) expect(await server()).toEqual(before);
    });
  },
);
