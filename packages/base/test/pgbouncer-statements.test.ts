import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchQuerier, order } from '@holdfast/querier';
import { DataSource } from 'typeorm';
import { Database, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { beginConnectionsWith } from './fixture/begin-connections-with.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from './fixture/pgbouncer.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

if (!pgBouncerIsFound) {
  process.stderr.write('Left out: the statement path through PgBouncer, which is not installed.\n');
}
const describeThroughPgBouncer = pgBouncerIsFound ? describe : describe.skip;

const a = tenant('a');
const createdAt = new Date('2026-03-04T05:06:07.089Z');

describeThroughPgBouncer('statements through PgBouncer in transaction mode', () => {
  let test: TestDatabase;
  let pooler: PgBouncer;
  let dataSource: DataSource;
  let database: Database;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    pooler = await startPgBouncer(test.url, 2);
    const entities = [ArticleRow];
    const options = { url: pooler.url, entities, ...guardedPool({ max: 1 }) };
    dataSource = await new DataSource({ type: 'postgres', ...options }).initialize();
    database = new Database(dataSource, { preparedStatements: false });
  });
  afterAll(async () => {
    await dataSource.destroy();
    await pooler.close();
    await test.close();
  });

  it.each([
    ['one write for each operation', 'one-trip', 1],
    ['one write for each operation, and one for COMMIT', 'resolved', 2],
  ] as const)('are %s, and read whichever server they come to', async (_, commit, writes) => {
    const { id } = await database.execute(articles.create(a, article({ createdAt, title: `ε ${commit}` })));
    const querier = batchQuerier<ArticleRow>({ orders: [order('createdAt')], pagination: { limit: 5, offset: 0 } });
    for (let rank = 0; rank < 4; rank++) {
      const trips = await tripsOf({ ...test, dataSource }, async () => {
        await database.execute(articles.update(a, id, { changes: { rank } }), { commit });
        const { items } = await database.execute(articles.search(a, querier));
        expect(items).toMatchObject([{ id, rank, createdAt, title: `ε ${commit}` }]);
      });
      expect(trips).toHaveLength(writes + 1);
    }
    await database.execute(articles.delete(a, id));
  });

  it('are right behind a client who has set the server otherwise', async () => {
    const stranger = await new DataSource({ type: 'postgres', url: pooler.url, extra: { max: 1 } }).initialize();
    const { id } = await database.execute(articles.create(a, article({ createdAt, day: '2026-02-01', title: 'é' })));

    await stranger.query(`SET DateStyle = 'German'`);
    await stranger.query(`SET client_encoding = 'LATIN1'`);
    await beginConnectionsWith(dataSource, `SET DateStyle = 'SQL, DMY'`);

    for (let i = 0; i < 4; i++) {
      await stranger.query('SELECT now()');
      expect(await database.execute(articles.get(a, id))).toMatchObject({ createdAt, day: '2026-02-01', title: 'é' });
      await database.execute(articles.update(a, id, { changes: { createdAt } }));
    }
    await stranger.destroy();
    await beginConnectionsWith(dataSource);
  });

  it('show their plan, and leave nothing prepared behind', async () => {
    const { id } = await database.execute(articles.create(a, article()));
    for (const mode of ['generic', 'custom', 'generic'] as const) {
      const { Plan } = await database.explain(articles.get(a, id), { mode, analyze: true });
      expect(Plan['Actual Rows']).toBe(1);
    }

    expect(await dataSource.query('SELECT name FROM pg_prepared_statements')).toEqual([]);
  });
});
