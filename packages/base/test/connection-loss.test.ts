import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import {
  AmbiguousCommitError,
  ConnectionLost,
  Database,
  DatabaseUnavailable,
  DeadlineExceeded,
  guardedPool,
  PoolExhausted,
} from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { poolOf } from './fixture/pool-of.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');

describe.each([
  ['the guarded pool', guardedPool({ max: 2 })],
  ['a stock pool', { extra: { max: 2 } }],
])('over %s', (_name, pool) => {
  let test: TestDatabase;
  let admin: pg.Client;
  let id: string;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], { ...pool, poolErrorHandler: () => {} });
    admin = new pg.Client(test.url);
    await admin.connect();
    ({ id } = await test.database.execute(articles.create(a, article())));
  });
  afterAll(async () => {
    await admin.end();
    await test.close();
  });
  afterEach(async () => {
    const { rows } = await admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()`,
    );
    expect(rows).toEqual([]);
  });

  /** Runs `work` against a table that is locked, and ends its server process while it waits for the lock. */
  async function killedWhileWaiting(work: () => Promise<unknown>): Promise<unknown> {
    await admin.query('BEGIN');
    await admin.query('LOCK TABLE articles IN ACCESS EXCLUSIVE MODE');
    const outcome = work().then(
      () => 'resolved',
      (error: unknown) => error,
    );
    let killed = 0;
    while (killed === 0) {
      // A transaction sees the activity as it was when it first looked.
      await admin.query('SELECT pg_stat_clear_snapshot()');
      const { rows } = await admin.query(`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database()`);
      killed = rows.length;
    }
    expect(killed).toBe(1);
    await admin.query('ROLLBACK');
    return outcome;
  }

  it('a write that was sent in one trip and not answered is ambiguous, and never worth another try', async () => {
    const update = articles.update(a, id, { changes: { rank: 9 } });

    const error = await killedWhileWaiting(() => test.database.execute(update, { commit: 'one-trip' }));

    expect(error).toBeInstanceOf(AmbiguousCommitError);
    expect(error).toMatchObject({ outcome: 'unknown', retryable: false });
  });

  it('a write that had not come to its commit is surely not stored, and worth another try', async () => {
    const error = await killedWhileWaiting(() =>
      test.database.execute(articles.update(a, id, { changes: { rank: 9 } })),
    );

    expect(error).toBeInstanceOf(ConnectionLost);
    expect(error).toMatchObject({ outcome: 'not-committed', retryable: true });
  });

  it('a transaction that had not come to its commit is surely not stored, and worth another try', async () => {
    const error = await killedWhileWaiting(() =>
      test.database.beginSession((dbSession) => dbSession.execute(articles.update(a, id, { changes: { rank: 9 } }))),
    );

    expect(error).toBeInstanceOf(ConnectionLost);
    expect(error).toMatchObject({ outcome: 'not-committed', retryable: true });
  });

  it('a read is worth another try', async () => {
    const error = await killedWhileWaiting(() => test.database.execute(articles.get(a, id)));

    expect(error).toBeInstanceOf(ConnectionLost);
    expect(error).toMatchObject({ outcome: 'not-committed', retryable: true });
  });

  it('connections that die while nobody uses them trouble nobody for long', async () => {
    await Promise.all([test.database.ping(), test.database.ping()]);
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );

    const answers: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      answers.push(await test.database.execute(articles.count(a, {})).catch((error: unknown) => error));
    }

    expect(answers.at(-1)).toBe(1);
    for (const answer of answers.slice(0, -1)) {
      if (answer !== 1) expect(answer).toMatchObject({ retryable: true, outcome: 'not-committed' });
    }
  });

  it('who waits for a connection is let go by signal and deadline, and leaves no gap in the pool', async () => {
    const holders = [1, 2].map(() => held(test.database));
    await Promise.all(holders.map(({ isHeld }) => isHeld));
    const aborted = new AbortController();

    const waiting = test.database.execute(articles.count(a, {}), { signal: aborted.signal });
    const late = test.database.execute(articles.count(a, {}), { deadlineMs: 20 });
    aborted.abort(new Error('enough'));

    await expect(waiting).rejects.toThrow('enough');
    await expect(late).rejects.toBeInstanceOf(DeadlineExceeded);
    await expect(test.database.ping({ signal: aborted.signal })).rejects.toThrow('enough');
    await Promise.all(holders.map(({ letGo }) => letGo()));
    expect(await test.database.execute(articles.count(a, {}))).toBe(1);
    expect(test.database.poolFigures()).toMatchObject({ waiting: 0 });
  });

  it('an exhausted pool says so, and is not worth another try', async () => {
    const small = { ...pool, extra: { ...(pool as { extra: object }).extra, max: 1 } };
    const dataSource = new DataSource({ type: 'postgres', url: test.url, entities: [ArticleRow], ...small });
    const database = new Database(await dataSource.initialize());
    const holder = held(database);
    await holder.isHeld;
    const { options } = poolOf(dataSource);
    options.connectionTimeoutMillis = 20;

    await expect(database.ping()).rejects.toBeInstanceOf(PoolExhausted);
    await expect(database.ping()).rejects.toMatchObject({ retryable: false, httpStatus: 503 });

    options.connectionTimeoutMillis = 0;
    await holder.letGo();
    await database.ping();
    await dataSource.destroy();
  });
});

it('a server that is not there is unavailable, and worth another try', async () => {
  const test = await testDatabase([ArticleRow]);
  // Where nobody listens, and nobody is going to.
  poolOf(test.dataSource).options.connectionString = 'postgres://postgres@127.0.0.1:1/none';
  const holders = Array.from({ length: 4 }, () => test.database.ping().catch((error: unknown) => error));

  const answers = await Promise.all(holders);

  const refused = answers.filter((answer) => answer instanceof DatabaseUnavailable);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toMatchObject({ retryable: true, outcome: 'not-committed', httpStatus: 503 });
  await test.close();
});

/** A session that keeps its connection until it is told to let go. */
function held(database: Database): { isHeld: Promise<void>; letGo(): Promise<void> } {
  let open: (() => void) | null = null;
  let done: Promise<void> = Promise.resolve();
  const isHeld = new Promise<void>((resolve, reject) => {
    done = database.beginReadonlySession(async (dbSession) => {
      await dbSession.sql`SELECT 1`;
      const released = new Promise<void>((release) => (open = release));
      resolve();
      await released;
    });
    done.catch(reject);
  });
  return {
    isHeld,
    letGo() {
      open?.();
      return done;
    },
  };
}
