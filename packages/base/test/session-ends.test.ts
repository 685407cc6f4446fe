import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import {
  ConnectionLost,
  Database,
  DeadlineExceeded,
  type DbWriteSession,
  guardedPool,
  SerializationFailure,
  StalePlan,
  TransactionAborted,
} from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');

// However a dbSession ends, its connection comes back without a transaction, and nothing of it is stored by accident.
describe.each([
  ['the guarded pool', guardedPool({ max: 2 })],
  ['a stock pool', { extra: { max: 2 } }],
])('the end of a dbSession over %s', (_name, pool) => {
  let test: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], { ...pool, poolErrorHandler: () => {} });
    admin = new pg.Client(test.url);
    await admin.connect();
  });
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));
  afterEach(async () => {
    // Both connections answer, and neither has a transaction open.
    await Promise.all([test.database.ping(), test.database.ping()]);
    const { rows } = await admin.query(
      `SELECT state FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database()
        AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
    expect(rows).toEqual([]);
    expect(test.database.poolFigures()).toMatchObject({ waiting: 0 });
  });
  afterAll(async () => {
    await admin.end();
    await test.close();
  });

  const create = (dbSession: DbWriteSession, title: string): Promise<unknown> =>
    dbSession.execute(articles.create(a, article({ title })));
  const titles = async (): Promise<string[]> => {
    const { rows } = await admin.query<{ title: string }>('SELECT title FROM articles ORDER BY title');
    return rows.map(({ title }) => title);
  };

  it('waits for a statement that nobody awaited, rolls back and keeps the error of the work', async () => {
    const failure = new Error('of the work');
    const running = test.database.beginSession(async (dbSession) => {
      void create(dbSession, 'not awaited');
      await Promise.resolve();
      throw failure;
    });

    await expect(running).rejects.toBe(failure);
    expect(await titles()).toEqual([]);
  });

  it('refuses to commit over a statement that nobody awaited', async () => {
    const running = test.database.beginSession((dbSession) => {
      void create(dbSession, 'not awaited');
      return Promise.resolve();
    });

    await expect(running).rejects.toBeInstanceOf(Misuse);
    expect(await titles()).toEqual([]);
  });

  it('survives statements at the same time', async () => {
    const running = test.database.beginSession((dbSession) =>
      Promise.all([create(dbSession, 'one'), create(dbSession, 'two')]),
    );

    await expect(running).rejects.toBeInstanceOf(Misuse);
    expect(await titles()).toEqual([]);
  });

  it('keeps queries of a manager that start at the same time in the one transaction', async () => {
    const insert = (manager: EntityManager, title: string): Promise<unknown> =>
      manager.insert(ArticleRow, { ...article({ title }).values, tenant: 'a' } as never);
    const running = test.database.beginSession(async ({ manager }) => {
      await Promise.all([insert(manager, 'one'), insert(manager, 'two')]);
      throw new Error('undo');
    });

    await expect(running).rejects.toThrow('undo');
    expect(await titles()).toEqual([]);
  });

  it('lets no manager write after the end', async () => {
    let stale: EntityManager | null = null;
    let unused: DbWriteSession | null = null;
    await test.database.beginSession(async (dbSession) => {
      stale = dbSession.manager;
      await stale.query('SELECT 1');
    });
    await test.database.beginSession((dbSession) => {
      unused = dbSession;
      return Promise.resolve();
    });

    await expect(stale!.query(`UPDATE articles SET title = 'stale'`)).rejects.toBeInstanceOf(Misuse);
    await expect(unused!.manager.query('SELECT 1')).rejects.toBeInstanceOf(Misuse);
  });

  it('refuses savepoints that overlap instead of mixing what they undo', async () => {
    await test.database.beginSession(async (dbSession) => {
      const first = dbSession.savepoint(async (inner) => {
        await create(inner, 'kept');
        await expect(create(dbSession, 'beside')).rejects.toBeInstanceOf(Misuse);
      });
      await expect(dbSession.savepoint(() => Promise.resolve())).rejects.toBeInstanceOf(Misuse);
      await first;
    });

    expect(await titles()).toEqual(['kept']);
  });

  it('forgets what waited for the commit of an undone savepoint', async () => {
    const seen: string[] = [];
    await test.database.beginSession(async (dbSession) => {
      await dbSession
        .savepoint((inner) => {
          inner.afterCommit(() => void seen.push('undone'));
          return Promise.reject(new Error('undo'));
        })
        .catch(() => {});
      await dbSession.savepoint((inner) => {
        inner.afterCommit(() => void seen.push('kept'));
        return Promise.resolve();
      });
    });

    expect(seen).toEqual(['kept']);
  });

  it('runs what waits for a rollback after one, once it is over, and not after a commit', async () => {
    const seen: string[] = [];
    const failing = test.database.beginSession(async (dbSession) => {
      dbSession.afterCommit(() => void seen.push('committed'));
      dbSession.afterRollback(async () => void seen.push(`rolled back, with ${(await titles()).length} rows`));
      dbSession.afterRollback(() => Promise.reject(new Error('told as a warning')));
      await dbSession.savepoint(async (inner) => inner.afterRollback(() => void seen.push('of a savepoint')));
      await create(dbSession, 'undone');
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    expect(seen).toEqual(['rolled back, with 0 rows', 'of a savepoint']);

    await test.database.beginSession(async (dbSession) => dbSession.afterRollback(() => void seen.push('never')));
    expect(seen).toHaveLength(2);
  });

  it('runs what waits for the rollback of a savepoint that was undone, whatever becomes of the rest', async () => {
    const seen: string[] = [];
    for (const [name, end] of [
      ['committed', () => {}],
      ['undone', () => Promise.reject(new Error('undo'))],
    ] as const) {
      await test.database
        .beginSession(async (dbSession) => {
          const undone = dbSession.savepoint((inner) => {
            inner.afterRollback(() => void seen.push(name));
            return Promise.reject(new Error('undo'));
          });
          await undone.catch(() => {});
          await end();
        })
        .catch(() => {});
    }

    expect(seen).toEqual(['committed', 'undone']);
  });

  it('keeps the error that led to a savepoint that cannot be undone, and commits nothing', async () => {
    const lost = test.database.beginSession(async (dbSession) => {
      await create(dbSession, 'before');
      const [{ pid }] = (await dbSession.sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`) as [{ pid: number }];
      await dbSession
        .savepoint(async (inner) => {
          await admin.query('SELECT pg_terminate_backend($1)', [pid]);
          await create(inner, 'inside');
        })
        .catch((error: unknown) => expect(error).toBeInstanceOf(ConnectionLost));
    });

    await expect(lost).rejects.toBeInstanceOf(TransactionAborted);
    expect(await titles()).toEqual([]);
  });

  it('waits for queries of a manager that nobody awaited', async () => {
    const insert = ({ manager }: DbWriteSession): Promise<unknown> =>
      manager.insert(ArticleRow, { ...article().values, tenant: 'a' } as never);
    const forgotten = test.database.beginSession((dbSession) => {
      insert(dbSession).catch(() => {});
      return Promise.resolve();
    });
    const failed = test.database.beginSession(async (dbSession) => {
      await create(dbSession, 'before');
      insert(dbSession).catch(() => {});
      throw new Error('undo');
    });

    await expect(forgotten).rejects.toBeInstanceOf(Misuse);
    await expect(failed).rejects.toThrow('undo');
    expect(await titles()).toEqual([]);
  });

  it('undoes a savepoint that could not be released, and lets nobody use it afterwards', async () => {
    await test.database.beginSession(async (dbSession) => {
      let late: DbWriteSession | null = null;
      const swallowed = dbSession.savepoint(async (inner) => {
        late = inner;
        await create(inner, 'undone');
        await inner.execute(articles.create(a, article({ title: null as never }))).catch(() => {});
      });
      await expect(swallowed).rejects.toThrow();
      const busy = dbSession.savepoint((inner) => {
        create(inner, 'not awaited').catch(() => {});
        return Promise.resolve();
      });
      await expect(busy).rejects.toBeInstanceOf(Misuse);
      await expect(create(late!, 'late')).rejects.toBeInstanceOf(Misuse);
      await create(dbSession, 'kept');
    });

    expect(await titles()).toEqual(['kept']);
  });

  it('tells collisions that came through TypeORM as what they are', async () => {
    const { id } = await test.database.execute(articles.create(a, article()));

    const collided = test.database.beginSession(
      async ({ manager }) => {
        await manager.findOneByOrFail(ArticleRow, { id });
        await test.database.execute(articles.update(a, id, { changes: { rank: 2 } }), { separate: true });
        await manager.update(ArticleRow, { id }, { rank: 3 });
      },
      { isolation: 'serializable', maxAttempts: 1 },
    );

    await expect(collided).rejects.toBeInstanceOf(SerializationFailure);
  });

  it('leaves errors of the work that are no errors of the database as they are', async () => {
    const broken = test.database.beginSession((dbSession) => dbSession.sql`SELECT ${{ a: 1n }}`);

    await expect(broken).rejects.toBeInstanceOf(TypeError);
    await expect(test.database.beginSession((s) => s.sql`SELECT ${undefined}`)).rejects.toBeInstanceOf(Misuse);
  });

  it('lets go of who waits for a connection, by signal and deadline', async () => {
    const locks = [1, 2].map(() => holdOne(test.database));
    await Promise.all(locks.map(({ isHeld }) => isHeld));
    const aborted = new AbortController();

    const late = test.database.beginSession((dbSession) => create(dbSession, 'late'), { deadlineMs: 20 });
    const ended = test.database.beginSession((dbSession) => create(dbSession, 'ended'), { signal: aborted.signal });
    const anything = new AbortController();
    const odd = test.database.execute(articles.count(a, {}), { signal: anything.signal });
    anything.abort(null);
    await expect(odd).rejects.toMatchObject({ name: 'AbortError' });
    aborted.abort(new Error('enough'));

    await expect(late).rejects.toBeInstanceOf(DeadlineExceeded);
    await expect(ended).rejects.toThrow('enough');
    await Promise.all(locks.map(({ letGo }) => letGo()));
    expect(await titles()).toEqual([]);
  });

  it('is waited for by close, which lets it finish and refuses what is new', async () => {
    const database = new Database(test.dataSource);
    expect(
      await database.beginSession(() => Promise.resolve(), { lockTimeoutMs: 0 }).catch((e: unknown) => e),
    ).toBeInstanceOf(Misuse);
    const lock = holdOne(database, () => database.execute(articles.count(a, {}), { separate: true }));
    await lock.isHeld;

    const closing = [database.close(), database.close()];
    await expect(database.ping()).rejects.toMatchObject({ httpStatus: 503 });
    await test.database.beginSession(() => expect(database.ping()).rejects.toMatchObject({ httpStatus: 503 }));
    await lock.letGo();

    await Promise.all(closing);
  });
});

it('stores nothing outside of a transaction that could not begin', async () => {
  const test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
  const create = (dbSession: DbWriteSession): Promise<unknown> => dbSession.execute(articles.create(a, article()));
  await test.database.beginSession(create);
  await test.dataSource.query('DEALLOCATE ALL');

  const once = { maxAttempts: 1 };
  const ended = test.database.beginSession(async (dbSession) => {
    for (let i = 0; i < 3; i++) await create(dbSession).catch(() => {});
  }, once);

  await expect(ended).rejects.toBeInstanceOf(StalePlan);
  expect(await test.database.execute(articles.count(a, {}))).toBe(1);
  await test.close();
});

/** A session that keeps its connection until it is told to let go, and then does one thing more. */
function holdOne(
  database: Database,
  last: () => Promise<unknown> = () => Promise.resolve(),
): { isHeld: Promise<void>; letGo(): Promise<void> } {
  let open: (() => void) | null = null;
  let done: Promise<void> = Promise.resolve();
  const isHeld = new Promise<void>((resolve, reject) => {
    done = database.beginReadonlySession(async (dbSession) => {
      await dbSession.sql`SELECT 1`;
      const released = new Promise<void>((release) => (open = release));
      resolve();
      await released;
      await last();
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
