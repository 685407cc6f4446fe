import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { Database, guardedPool, readSpec, writeSpec } from '../src/index.js';
import { rowSink } from '../src/wire/row-sink.js';
import { Statement, type Step } from '../src/wire/statement.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

const a = tenant('a');
const all = unscoped('a test of stale statements');
const once = { maxAttempts: 1 };
const step = (sql: string, ...values: readonly string[]): Step => ({ statement: new Statement(sql, null), values });

/** Prepares the same statement on each of the pool's connections. */
async function preparedEverywhere({ database }: TestDatabase, connections: number): Promise<void> {
  let waiting = connections;
  let letAllGo = (): void => {};
  const together = new Promise<void>((resolve) => (letAllGo = resolve));
  await Promise.all(
    Array.from({ length: connections }, () =>
      database.beginReadonlySession(async (dbSession) => {
        await dbSession.execute(articles.count(all, {}));
        await dbSession.execute(articles.find(a, '00000000-0000-4000-8000-000000000000'));
        if (--waiting === 0) letAllGo();
        await together;
      }, once),
    ),
  );
}

describe('statements that tables have left behind', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 4 }))));
  afterAll(() => test.close());

  it('fail one transaction for a change, and not one for each of its statements and connections', async () => {
    const { id } = await test.database.execute(articles.create(a, article()));
    await preparedEverywhere(test, 4);
    await test.dataSource.query('ALTER TABLE articles ALTER COLUMN title TYPE text');

    const failed: unknown[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await preparedEverywhere(test, 1).catch((error: unknown) => void failed.push(error));
    }
    await preparedEverywhere(test, 4);

    expect(failed).toEqual([expect.objectContaining({ name: 'StalePlan', retryable: true, outcome: 'not-committed' })]);
    expect(await test.database.execute(articles.get(a, id))).toMatchObject({ id });
  });
});

describe('a connection that was made to forget', () => {
  let test: TestDatabase;
  let id: string;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    ({ id } = await test.database.execute(articles.create(a, article())));
  });
  afterAll(() => test.close());

  const several = (): Promise<unknown> =>
    test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.get(a, id));
      await dbSession.execute(articles.update(a, id, { changes: { rank: 5 } }));
      return dbSession.execute(articles.count(a, { rank: { eq: 5 } }));
    }, once);

  it('is good for a transaction in its second attempt, however many statements it has', async () => {
    await several();
    await test.dataSource.query('DEALLOCATE ALL');

    const attempts = await test.database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.get(a, id));
      await dbSession.execute(articles.count(a, { rank: { eq: 5 } }));
      await dbSession.execute(articles.update(a, id, { changes: { rank: 5 } }));
      return dbSession.attempt;
    });

    expect(attempts).toBe(2);
  });

  it('fails one transaction, and is good for the next', async () => {
    await several();
    await test.dataSource.query('DEALLOCATE ALL');

    await expect(several()).rejects.toMatchObject({ name: 'StalePlan', retryable: true });

    expect(await several()).toBe(1);
  });

  it('by DISCARD ALL, which may forget more than statements, is replaced', async () => {
    await several();
    const pid = (): Promise<unknown> => test.dataSource.query('SELECT pg_backend_pid()');
    const before = await pid();

    await test.dataSource.query('DISCARD ALL');

    expect(await several()).toBe(1);
    expect(await pid()).not.toEqual(before);
  });

  it('does every statement of its own alone, in one try', async () => {
    const database = new Database(test.dataSource, { maxAttempts: 1 });
    for (const commit of ['resolved', 'one-trip'] as const) {
      const update = articles.update(a, id, { changes: { rank: 6 } });
      await database.execute(update, { commit });
      for (const change of [
        'DEALLOCATE ALL',
        'ALTER TABLE articles ADD extra int',
        'ALTER TABLE articles DROP extra',
      ]) {
        await test.dataSource.query(change);
        expect(await database.execute(update, { commit })).toMatchObject({ rank: 6 });
      }
    }

    const [trip, ...more] = await tripsOf(test, () => test.database.execute(articles.get(a, id)));
    expect([trip!.match(/SELECT/g)?.length, more]).toEqual([1, []]);
  });

  it('reads what rides in front once, when it is sent a second time', async () => {
    const into = rowSink();
    const behind = new Statement('SELECT 3', null);
    const counted = readSpec('counted', (catalog) => {
      const { statement, values } = articles.count(a, {}).plan(catalog);
      return { statement: behind, values: [], before: [{ statement, values, into }], finish: () => into.rows.length };
    });
    await test.dataSource.query(`PREPARE "${behind.name}" AS SELECT 3`);

    expect(await test.database.execute(counted)).toBe(1);
  });
});

describe('an error in the middle of what rides in front', () => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 1 }))));
  afterAll(() => test.close());

  it.each([
    ['resolved', 2],
    ['one-trip', 1],
  ] as const)(
    'undoes all of it, leaves the connection good, and knows what was prepared: %s',
    async (commit, trips) => {
      const { id } = await test.database.execute(articles.create(a, article({ rank: 1 })));
      const chain = (divisor: string): Promise<unknown> =>
        test.database.execute(
          writeSpec('chain', () => ({
            ...step(`UPDATE articles SET rank = rank + 1 WHERE id = $1 AND version > 0`, id),
            before: [
              step(`UPDATE articles SET rank = rank + 10 WHERE id = $1`, id),
              step(`SELECT 1 / $1::int`, divisor),
              step(`UPDATE articles SET rank = rank + 100 WHERE id = $1`, id),
            ],
            finish: ({ affected }) => affected,
          })),
          { commit },
        );
      const pid = (): Promise<unknown> => test.dataSource.query('SELECT pg_backend_pid()');
      const before = await pid();

      await expect(chain('0')).rejects.toMatchObject({ name: 'InvalidData', outcome: 'not-committed' });
      expect(await test.database.execute(articles.get(a, id))).toMatchObject({ rank: 1 });

      expect(await tripsOf(test, async () => expect(await chain('1')).toBe(1))).toHaveLength(trips);
      expect(await test.database.execute(articles.get(a, id))).toMatchObject({ rank: 112 });
      expect(await pid()).toEqual(before);
    },
  );
});
