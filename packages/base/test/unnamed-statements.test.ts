import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchQuerier, order, where } from '@holdfast/querier';
import { Database, guardedPool, writeSpec } from '../src/index.js';
import { Statement } from '../src/wire/statement.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

const a = tenant('a');

describe('a Database without prepared statements', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    database = new Database(test.dataSource, { preparedStatements: false });
  });
  afterAll(() => test.close());

  it('prepares nothing under a name, and still sends each operation as one write, and COMMIT as another', async () => {
    await database.execute(articles.batchDelete(a, where({ title: { ne: '' } }))); // a new connection is asked once
    const ids: string[] = [];
    const trips = await tripsOf(test, async () => {
      for (let i = 0; i < 3; i++) {
        const { id } = await database.execute(articles.create(a, { values: { title: `unnamed ${i}`, rank: i } }));
        ids.push(id);
      }
      await database.execute(articles.update(a, ids[0]!, { changes: { rank: 8 } }), { commit: 'one-trip' });
      await database.execute(articles.update(a, ids[0]!, { changes: { rank: 9 } }));
      const querier = batchQuerier<ArticleRow>({ orders: [order('rank')], pagination: { limit: 9, offset: 0 } });
      const { items } = await database.execute(articles.search(a, querier));
      expect(items.map(({ rank }) => rank)).toEqual([1, 2, 9]);
    });

    expect(trips).toHaveLength(3 + 1 + 2 + 1);
    expect(await test.dataSource.query('SELECT name FROM pg_prepared_statements')).toEqual([]);
  });

  it('does not mind a server that forgets between any two of them', async () => {
    const { id } = await database.execute(articles.create(a, article()));
    for (let rank = 0; rank < 3; rank++) {
      await test.dataSource.query('DEALLOCATE ALL');
      const update = articles.update(a, id, { changes: { rank } });
      expect(await tripsOf(test, () => database.execute(update))).toHaveLength(2);
      expect(await tripsOf(test, () => database.execute(update, { commit: 'one-trip' }))).toHaveLength(1);
    }

    const ranks = await database.beginSession(async (dbSession) => {
      await dbSession.execute(articles.update(a, id, { changes: { rank: 7 } }));
      await dbSession.sql`DEALLOCATE ALL`;
      return [(await dbSession.execute(articles.get(a, id))).rank];
    });

    expect(ranks).toEqual([7]);
  });

  it('parses what rides in front in its turn: the same statement twice, with other values', async () => {
    const { id } = await database.execute(articles.create(a, article({ rank: 0 })));
    const add = new Statement('UPDATE articles SET rank = rank + $1::int WHERE id = $2', null);
    const three = writeSpec('three', () => ({
      statement: add,
      values: ['100', id],
      before: [
        { statement: add, values: ['1', id] },
        { statement: add, values: ['10', id] },
      ],
      finish: ({ affected }) => affected,
    }));

    expect(await database.execute(three)).toBe(1);

    expect(await database.execute(articles.get(a, id))).toMatchObject({ rank: 111 });
  });

  it('is not disturbed by one with them on the same connection', async () => {
    const { id } = await test.database.execute(articles.create(a, article({ rank: 1 })));
    for (const each of [database, test.database, database, test.database]) {
      expect(await each.execute(articles.get(a, id))).toMatchObject({ rank: 1 });
    }
  });
});
