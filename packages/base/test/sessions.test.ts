import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { ambientSession } from '@holdfast/operation';
import { where } from '@holdfast/querier';
import type pg from 'pg';
import {
  Database,
  type DbWriteSession,
  ForeignKeyViolation,
  guardedPool,
  LockNotAvailable,
  ReadOnlyTransaction,
  SerializationFailure,
  TransactionAborted,
  UniqueViolation,
} from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
describe.each([
  ['the guarded pool', guardedPool({ max: 3 })],
  ['a stock pool', { extra: { max: 3 } }],
])('dbSessions over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], pool)));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));
  const titles = async (): Promise<string[]> => {
    const rows: { title: string }[] = await test.dataSource.query('SELECT title FROM articles ORDER BY title');
    return rows.map(({ title }) => title);
  };

  it('commits what the work did, and gives its result back', async () => {
    const result = await test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, article({ title: 'one' })));
      await dbSession.execute(articles.create(a, article({ title: 'two' })));
      return 'done';
    });

    expect(result).toBe('done');
    expect(await titles()).toEqual(['one', 'two']);
  });

  it('undoes everything when the work fails, and rethrows its error as it is', async () => {
    const failure = new Error('after all');

    const running = test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, article()));
      throw failure;
    });

    await expect(running).rejects.toBe(failure);
    expect(await titles()).toEqual([]);
    expect(test.database.poolFigures()).toMatchObject({ waiting: 0 });
  });

  it('does not call a transaction committed that the server rolled back', async () => {
    const spec = article({ title: 'twice' });
    const running = test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, spec));
      await dbSession.execute(articles.create(a, spec)).catch(() => 'swallowed');
    });

    await expect(running).rejects.toBeInstanceOf(TransactionAborted);
    expect(await titles()).toEqual([]);
  });

  it('refuses writes in a transaction that reads, and goes on with the connection', async () => {
    const running = test.database.beginReadonlySession(async (dbSession) => {
      await (dbSession as DbWriteSession).execute(articles.create(a, article()));
    });

    await expect(running).rejects.toBeInstanceOf(ReadOnlyTransaction);
    expect(await test.database.execute(articles.count(a, {}))).toBe(0);
  });

  it('sees one snapshot throughout where it is asked for', async () => {
    const counts = await test.database.beginReadonlySession(
      async (dbSession) => {
        const before = await dbSession.execute(articles.count(a, {}));
        await test.database.execute(articles.create(a, article()), { separate: true });
        return [before, await dbSession.execute(articles.count(a, {}))];
      },
      { snapshot: true },
    );

    expect(counts).toEqual([0, 0]);
    expect(await test.database.execute(articles.count(a, {}))).toBe(1);
  });

  it('lets TypeORM save, remove and nest transactions without ending ours', async () => {
    const running = test.database.beginSession(async (dbSession) => {
      const repository = dbSession.manager.getRepository(ArticleRow);
      const saved = await repository.save({ ...article({ title: 'saved' }).values, tenant: 'a' } as ArticleRow);
      await dbSession.manager.transaction((manager) =>
        manager.insert(ArticleRow, { ...article({ title: 'nested' }).values, tenant: 'a' } as never),
      );
      expect(await dbSession.execute(articles.count(a, {}))).toBe(2);
      expect(await titles()).toEqual([]);
      await repository.remove({ ...saved });
      throw new Error('undo');
    });

    await expect(running).rejects.toThrow('undo');
    expect(await titles()).toEqual([]);
  });

  it('runs SQL with values as parameters, and never as text', async () => {
    const hostile = `'; DROP TABLE articles; --`;

    const rows = await test.database.beginReadonlySession(
      (dbSession) =>
        dbSession.sql<{ value: string; sum: number }>`SELECT ${hostile}::text AS value, ${1}::int + 1 AS sum`,
    );

    expect(rows).toEqual([{ value: hostile, sum: 2 }]);
  });

  it('undoes only what a failed savepoint did, and nests them', async () => {
    await test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, article({ title: 'kept' })));
      const inner = dbSession.savepoint(async () => {
        await dbSession.savepoint(() => dbSession.execute(articles.create(a, article({ title: 'released' }))));
        await dbSession.execute(articles.create(a, article({ title: 'undone' })));
        await dbSession.execute(articles.create(a, article({ title: null as never })));
      });
      await expect(inner).rejects.toThrow();
    });

    expect(await titles()).toEqual(['kept']);
  });

  it('runs what waits for the commit after it, and reports its failure without failing', async () => {
    const seen: string[] = [];
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});

    await test.database.beginSession(async (dbSession) => {
      dbSession.afterCommit(async () => void seen.push(...(await titles())));
      dbSession.afterCommit(() => Promise.reject(new Error('too late')));
      dbSession.afterCommit(() => void seen.push('last'));
      await dbSession.execute(articles.create(a, article({ title: 'first' })));
    });
    const failed = test.database.beginSession(async (dbSession) => {
      dbSession.afterCommit(() => void seen.push('never'));
      await dbSession.execute(articles.create(a, article({ title: null as never })));
    });

    await expect(failed).rejects.toThrow();
    expect(seen).toEqual(['first', 'last']);
    expect(warnings.mock.calls).toEqual([[expect.stringContaining('too late'), expect.anything()]]);
    warnings.mockRestore();
  });

  it('refuses statements at the same time, and after the end', async () => {
    let leaked: DbWriteSession | null = null;
    await test.database.beginSession(async (dbSession) => {
      leaked = dbSession;
      const count = articles.count(a, {});
      const both = await Promise.allSettled([dbSession.execute(count), dbSession.execute(count)]);
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect((both[1] as PromiseRejectedResult).reason).toBeInstanceOf(Misuse);
    });

    await expect(leaked!.execute(articles.count(a, {}))).rejects.toBeInstanceOf(Misuse);
    await expect(leaked!.sql`SELECT 1`).rejects.toBeInstanceOf(Misuse);
  });

  it('marks the code inside as being in a session', async () => {
    const inside = await test.database.beginSession(() => Promise.resolve(ambientSession()));

    expect(inside).not.toBeNull();
    expect(ambientSession()).toBeNull();
  });

  it('tells transactions that collided from a lock that is taken, and both are worth another try', async () => {
    const { id } = await test.database.execute(articles.create(a, article()));
    const raise = (dbSession: DbWriteSession): Promise<unknown> =>
      dbSession.execute(articles.update(a, id, { changes: { rank: 1 } }));

    const collided = test.database.beginSession(
      async (dbSession) => {
        await dbSession.execute(articles.get(a, id));
        await test.database.execute(articles.update(a, id, { changes: { rank: 2 } }), { separate: true });
        await raise(dbSession);
      },
      { isolation: 'serializable', maxAttempts: 1 },
    );
    await expect(collided).rejects.toBeInstanceOf(SerializationFailure);
    await expect(collided).rejects.toMatchObject({ retryable: true, outcome: 'not-committed' });

    await test.database.beginSession(async (holder) => {
      await raise(holder);
      const blocked = test.database.beginSession(raise, { lockTimeoutMs: 50, separate: true });
      await expect(blocked).rejects.toBeInstanceOf(LockNotAvailable);
    });
  });

  it('reports a constraint that is only checked at the commit, as not stored', async () => {
    await test.dataSource.query(`
      CREATE TABLE IF NOT EXISTS notes (article uuid REFERENCES articles DEFERRABLE INITIALLY DEFERRED)`);

    const running = test.database.beginSession(
      (dbSession) => dbSession.sql`INSERT INTO notes VALUES (gen_random_uuid())`,
    );

    await expect(running).rejects.toBeInstanceOf(ForeignKeyViolation);
    await expect(running).rejects.toMatchObject({ outcome: 'not-committed', retryable: false });
    await test.dataSource.query('DROP TABLE notes');
  });

  it('keeps the domain errors of operations inside of a transaction', async () => {
    const spec = article();
    const running = test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.create(a, spec));
      await dbSession.execute(articles.create(a, spec));
    });

    await expect(running).rejects.toThrow(`There is an article ${spec.values.id!} already.`);
    await expect(running).rejects.toMatchObject({ cause: expect.any(UniqueViolation) as never });
  });
});

describe('the trips of a dbSession', () => {
  let test: TestDatabase;
  let writes = 0;
  const update = articles.batchUpdate(a, where({ title: { ne: '' } }), { changes: { rank: 1 } });

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    // The pool has one connection: whatever is written goes over this socket.
    const client = await (test.dataSource.driver as unknown as { master: pg.Pool }).master.connect();
    const { stream } = (client as unknown as { connection: { stream: { write(...args: unknown[]): boolean } } })
      .connection;
    const write = stream.write.bind(stream);
    stream.write = (...args) => {
      writes++;
      return write(...args);
    };
    client.release();
    await test.database.execute(update); // what a new connection leads to is asked once
  });
  afterAll(() => test.close());

  async function trips(work: () => Promise<unknown>): Promise<number> {
    writes = 0;
    await work();
    return writes;
  }

  it('are one for a single statement that reads, creates with a key of ours, or is told to be one', async () => {
    expect(await trips(() => test.database.execute(articles.count(a, {})))).toBe(1);
    expect(await trips(() => test.database.execute(articles.create(a, { values: { title: 'new' } })))).toBe(1);
    expect(await trips(() => test.database.execute(update, { commit: 'one-trip' }))).toBe(1);
  });

  it('are two for a single statement that writes: BEGIN and the id ride along, COMMIT does not', async () => {
    expect(await trips(() => test.database.execute(update))).toBe(2);
    expect(await trips(() => test.database.execute(articles.create(a, article())))).toBe(2);
  });

  it('are one more for the first of all writes on a connection, which asks what the connection leads to', async () => {
    const other = new Database(test.dataSource);

    expect(await trips(() => other.execute(update))).toBe(3);
    expect(await trips(() => other.execute(update))).toBe(2);
    expect(await trips(() => other.beginSession((dbSession) => dbSession.execute(update)))).toBe(2);
  });

  it('are none for a session that does nothing', async () => {
    expect(await trips(() => test.database.beginSession(() => Promise.resolve()))).toBe(0);
  });

  it('are one for each statement and one for COMMIT: BEGIN and its settings ride along', async () => {
    const work = async (dbSession: DbWriteSession): Promise<void> => {
      await dbSession.execute(articles.create(a, article()));
      await dbSession.execute(articles.count(a, {}));
    };

    expect(await trips(() => test.database.beginSession(work, { isolation: 'serializable', lockTimeoutMs: 500 }))).toBe(
      3,
    );
  });
});
