import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { ConnectionLost, Database, DeadlineExceeded, guardedPool, type DbWriteSession } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { gate } from '../fixture/gate.js';
import { silentProxy } from '../fixture/silent-proxy.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const a = tenant('a');
const reason = new Error('no longer wanted');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('what is given up over %s', (_name, pool) => {
  let test: TestDatabase;
  let admin: pg.Client;
  let abort: AbortController;
  let id: string;
  let pid: number;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], pool as Partial<DataSourceOptions>);
    admin = new pg.Client(test.url);
    await admin.connect();
    ({ id } = await test.database.execute(articles.create(a, article({ rank: 1 }))));
  });
  beforeEach(async () => {
    abort = new AbortController();
    await admin.query('UPDATE articles SET rank = 1');
    pid = await backend();
  });
  afterEach(async () => {
    // The connection is the same one, and as good as new.
    expect(await backend()).toBe(pid);
    const { rows } = await admin.query('SELECT state FROM pg_stat_activity WHERE pid = $1', [pid]);
    expect(rows).toEqual([{ state: 'idle' }]);
    expect(test.database.poolFigures()).toEqual({ max: 1, total: 1, idle: 1, waiting: 0 });
    const stored = await admin.query('SELECT rank FROM articles');
    expect(stored.rows).toEqual([{ rank: 1 }]);
  });
  afterAll(async () => {
    await admin.end();
    await test.close();
  });

  const backend = async (): Promise<number> => {
    const [row] = await test.database.beginReadonlySession(
      (dbSession) => dbSession.sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`,
    );
    return row!.pid;
  };
  /** Resolves when the pool's connection waits in a statement for what is of this kind. */
  const waiting = async (event: string): Promise<void> => {
    const asked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND state = 'active' AND (wait_event = $1 OR wait_event_type = $1)`;
    do await admin.query('SELECT pg_stat_clear_snapshot()');
    while ((await admin.query(asked, [event])).rowCount === 0);
  };
  /** Gives up what waits for a lock that somebody else has. */
  const givenUpBehind = async (lock: string, work: () => Promise<unknown>): Promise<unknown> => {
    await admin.query('BEGIN');
    await admin.query(lock);
    const outcome = work().catch((error: unknown) => error);
    await waiting('Lock');
    abort.abort(reason);
    const error = await outcome;
    await admin.query('ROLLBACK');
    return error;
  };
  const update = (dbSession: DbWriteSession): Promise<unknown> =>
    dbSession.execute(articles.update(a, id, { changes: { rank: 9 } }));

  it('is a statement of a dbSession, and all that came before it', async () => {
    const running = test.database.beginSession(
      async (dbSession) => {
        await update(dbSession);
        await dbSession.sql`SELECT pg_sleep(60)`;
      },
      { signal: abort.signal },
    );
    await waiting('PgSleep');
    abort.abort(reason);

    await expect(running).rejects.toBe(reason);
  });

  it('is a query of its manager', async () => {
    const running = test.database.beginSession(
      async (dbSession) => {
        await dbSession.manager.update(ArticleRow, { id }, { rank: 9 });
        await dbSession.manager.query('SELECT pg_sleep(60)');
      },
      { signal: abort.signal },
    );
    await waiting('PgSleep');
    abort.abort(reason);

    await expect(running).rejects.toBe(reason);
  });

  it('is a read', async () => {
    const lock = 'LOCK TABLE articles IN ACCESS EXCLUSIVE MODE';

    const error = await givenUpBehind(lock, () => test.database.execute(articles.get(a, id), { signal: abort.signal }));

    expect(error).toBe(reason);
  });

  it.each([['resolved'], ['one-trip']] as const)('is a write that waits for a row (%s)', async (commit) => {
    const error = await givenUpBehind('UPDATE articles SET rank = 5', () =>
      test.database.execute(articles.update(a, id, { changes: { rank: 9 } }), { signal: abort.signal, commit }),
    );

    expect(error).toBe(reason);
  });

  it('is what waits for an advisory lock', async () => {
    const error = await givenUpBehind('LOCK TABLE articles', () =>
      test.database.beginSession(
        async (dbSession) => {
          await dbSession.lock('job');
          await update(dbSession);
        },
        { signal: abort.signal },
      ),
    );

    expect(error).toBe(reason);
  });

  it('is a partition of a stream', async () => {
    const read = async (): Promise<void> => {
      for await (const _ of test.database.stream(articles.stream(a, {}), { signal: abort.signal }));
    };

    expect(await givenUpBehind('LOCK TABLE articles', read)).toBe(reason);
  });

  it('is what runs when the deadline passes, which says so', async () => {
    const running = test.database.beginSession(
      async (dbSession) => {
        await update(dbSession);
        await dbSession.sql`SELECT pg_sleep(60)`;
      },
      { deadlineMs: 100 },
    );

    await expect(running).rejects.toBeInstanceOf(DeadlineExceeded);
    await expect(running).rejects.toMatchObject({ outcome: 'not-committed' });
  });

  it('is the whole transaction, whatever was made of the error in a savepoint', async () => {
    const next: unknown[] = [];
    const running = test.database.beginSession(
      async (dbSession) => {
        await update(dbSession);
        await dbSession.savepoint((inner) => inner.sql`SELECT pg_sleep(60)`).catch(() => {});
        next.push(await update(dbSession).catch((error: unknown) => error));
      },
      { signal: abort.signal },
    );
    await waiting('PgSleep');
    abort.abort(reason);

    await expect(running).rejects.toBe(reason);
    expect(next).toEqual([reason]);
  });

  it('is what has not been sent yet', async () => {
    const { passed, open } = gate();
    const running = test.database.beginSession(
      async (dbSession) => {
        await update(dbSession);
        await passed;
        await update(dbSession);
      },
      { signal: abort.signal },
    );
    abort.abort(reason);
    open();

    await expect(running).rejects.toBe(reason);
  });

  it('is what waits for a connection', async () => {
    const { passed, open } = gate();
    const holding = test.database.beginSession(async (dbSession) => {
      await dbSession.sql`SELECT 1`;
      await passed;
    });
    const running = test.database.execute(articles.update(a, id, { changes: { rank: 9 } }), { signal: abort.signal });
    abort.abort(reason);

    await expect(running).rejects.toBe(reason);
    open();
    await holding;
  });

  it('is not COMMIT', async () => {
    await admin.query(`
      CREATE OR REPLACE FUNCTION slow() RETURNS trigger AS 'BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NULL; END' LANGUAGE plpgsql;
      CREATE CONSTRAINT TRIGGER slow AFTER UPDATE ON articles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()`);
    await admin.query('SELECT pg_advisory_lock(77)');
    const running = test.database.beginSession(update, { signal: abort.signal });
    await waiting('Lock');
    abort.abort(reason);
    await admin.query('SELECT pg_advisory_unlock(77)');

    await running;
    expect(await test.database.execute(articles.get(a, id))).toMatchObject({ rank: 9 });
    await admin.query('DROP TRIGGER slow ON articles');
    await admin.query('UPDATE articles SET rank = 1');
  });
});

it('what cannot even be cancelled ends with its connection', async () => {
  const test = await testDatabase([ArticleRow]);
  const proxy = await silentProxy(test.url);
  const abort = new AbortController();
  const dataSource = new DataSource({
    type: 'postgres',
    url: proxy.url,
    entities: [ArticleRow],
    ...guardedPool({ max: 1 }),
  });
  const database = new Database(await dataSource.initialize());
  const running = database.beginSession(
    async (dbSession) => {
      await dbSession.sql`SELECT 1`;
      proxy.silence();
      setImmediate(() => abort.abort(reason));
      await dbSession.sql`SELECT 2`;
    },
    { signal: abort.signal },
  );

  await expect(running).rejects.toBeInstanceOf(ConnectionLost);
  await expect(running).rejects.toMatchObject({ outcome: 'not-committed', cause: { cause: reason } });
  expect(database.poolFigures()).toMatchObject({ total: 0 });
  proxy.close();
  await dataSource.destroy();
  await test.close();
});
