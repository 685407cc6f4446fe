import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { guardedPool, removeOutdated, type Retention } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const HOUR = 3_600_000;
const retention: Retention<ArticleRow> = {
  name: 'old articles',
  operations: articles,
  scope: a,
  column: 'createdAt',
  keepMs: 24 * HOUR,
  batchSize: 2,
};

describe('removeOutdated', () => {
  let test: TestDatabase;

  beforeEach(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 4 }));
    const rows = Array.from({ length: 7 }, (_, i) => article({ rank: i }));
    await test.database.execute(articles.bulkCreate(a, rows));
    await test.database.execute(articles.create(tenant('b'), article({ rank: 99 })));
    await test.dataSource.query(`UPDATE articles SET created_at = now() - interval '25 hours' WHERE rank <> 3`);
  });
  afterEach(() => test.close());

  const left = async (): Promise<number[]> => {
    const rows = await test.dataSource.query<{ rank: number }[]>('SELECT rank FROM articles ORDER BY rank');
    return rows.map(({ rank }) => rank);
  };

  it('removes what is older than it is kept, within the scope, in transactions of a batch each', async () => {
    const transactions = async (): Promise<number> => {
      const [row] = await test.dataSource.query<{ count: number }[]>(
        `SELECT count(DISTINCT xid)::int AS count FROM removed`,
      );
      return row!.count;
    };
    await test.dataSource.query('CREATE TABLE removed (xid xid8)');
    await test.dataSource.query(`CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO removed VALUES (pg_current_xact_id()); RETURN NULL; END'`);
    await test.dataSource.query('CREATE TRIGGER note AFTER DELETE ON articles FOR EACH ROW EXECUTE FUNCTION note()');

    expect(await removeOutdated(test.database, retention)).toEqual({ count: 6 });

    expect(await left()).toEqual([3, 99]);
    expect(await transactions()).toBe(3);
    expect(await removeOutdated(test.database, retention)).toEqual({ count: 0 });
  });

  it('removes only what a condition says', async () => {
    const condition = { rank: { gte: 5 } };

    expect(await removeOutdated(test.database, { ...retention, condition })).toEqual({ count: 2 });
    expect(await left()).toEqual([0, 1, 2, 3, 4, 99]);
  });

  it('leaves it to another runner that is at it', async () => {
    await test.database.withAdvisoryLock('old articles', async () => {
      expect(await removeOutdated(test.database, retention)).toBeNull();
    });
    expect(await left()).toHaveLength(8);
  });

  it('ends between two batches when it is told to, and keeps what it has done', async () => {
    const given = new AbortController();
    const operations: typeof articles = {
      ...articles,
      batchPurge: (...args) => {
        const spec = articles.batchPurge(...args);
        if (!('series' in spec)) throw new Error('one transaction');
        let batches = 0;
        return Object.freeze({
          ...spec,
          series: (execute: Parameters<typeof spec.series>[0]) =>
            spec.series((each) => {
              if (++batches === 3) given.abort(new Error('enough'));
              return execute(each);
            }),
        });
      },
    };

    await expect(removeOutdated(test.database, { ...retention, operations }, { signal: given.signal })).rejects.toThrow(
      'enough',
    );

    expect(await left()).toHaveLength(4);
  });

  it('refuses to keep nothing', async () => {
    for (const keepMs of [0, -1, NaN, Infinity]) {
      await expect(removeOutdated(test.database, { ...retention, keepMs })).rejects.toBeInstanceOf(Misuse);
    }
  });
});
