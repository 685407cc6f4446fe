import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batchQuerier,
  type Cursor,
  CursorCodec,
  type CursorForwardPagination,
  order,
  type Page,
} from '@holdfast/querier';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Database, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
/** Neighbours, which fewer digits would make one number. */
const ratios = [1 / 3, 1 / 3 + 2 ** -54, 1 / 3 + 2 ** -53, Math.PI, 1e300, -0.1];

describe('floats of a database that is set to show few digits of them', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let database: Database;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    const [{ name }] = await test.dataSource.query<[{ name: string }]>('SELECT current_database() AS name');
    await test.dataSource.query(`ALTER DATABASE ${name} SET extra_float_digits = -10`);
    const options = { type: 'postgres', url: test.url, entities: [ArticleRow], ...guardedPool({ max: 1 }) };
    dataSource = await new DataSource(options as DataSourceOptions).initialize();
    database = new Database(dataSource, { cursors: new CursorCodec({ keys: ['a secret of at least 32 characters'] }) });
    await database.execute(
      articles.bulkCreate(
        a,
        ratios.map((ratio) => article({ ratio })),
      ),
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await test.close();
  });

  it('are read as they are, and walked over once', async () => {
    const walked: (number | null)[] = [];
    let after: Cursor | null = null;
    for (let more = true; more && walked.length <= ratios.length;) {
      const pagination: CursorForwardPagination = { first: 1, after };
      const querier = batchQuerier<ArticleRow>({ orders: [order('ratio')], pagination });
      const page: Page<ArticleRow> = await database.execute(articles.search(a, querier));
      walked.push(...page.items.map(({ ratio }) => ratio));
      ({ endCursor: after, hasNextPage: more } = page);
    }

    expect(walked).toEqual([...ratios].sort((x, y) => x - y));
  });
});
