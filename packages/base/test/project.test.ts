import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import {
  type BatchQuerier,
  batchQuerier,
  type ColumnKey,
  max,
  order,
  orderExpression,
  type Page,
  searchScope,
  where,
} from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations, guardedPool } from '../src/index.js';
import { type Article, article, articles, tenant } from './fixture/articles.js';
import { ArticleRow } from './fixture/article-row.js';
import { clubDatabase, everybody, type Member, members, membersOf } from './fixture/club.js';
import { readStream } from './fixture/read-stream.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

const a = tenant('a');
const b = tenant('b');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('a projection over %s', (_name, pool) => {
  let test: TestDatabase;
  let written: readonly Article[];

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], pool);
    const rows = Array.from({ length: 7 }, (_, i) =>
      article({
        title: `t${i}`,
        rank: i % 3,
        price: i === 4 ? null : '1.50',
        tags: ['x', `y${i}`],
        facts: { i },
      }),
    );
    written = await test.database.execute(articles.bulkCreate(a, rows));
    await test.database.execute(articles.bulkCreate(b, [article({ title: 'foreign', rank: 1 })]));
    await test.database.execute(articles.delete(a, written[6]!.id));
  });
  afterAll(() => test.close());

  const project = <Column extends ColumnKey<ArticleRow>>(
    columns: readonly Column[],
    querier = batchQuerier<ArticleRow>({ pagination: { noPagination: true } }),
  ): Promise<Page<Pick<ArticleRow, Column>>> => test.database.execute(articles.project(a, columns, querier));

  it('gives the columns that were asked for, in their types, and nothing else', async () => {
    const { items } = await project(['title', 'price', 'tags', 'facts', 'createdAt']);
    const expected = written.slice(0, 6).map(({ title, price, tags, facts, createdAt }) => {
      return { title, price, tags, facts, createdAt };
    });
    expect(items).toEqual(expected);
    expect(Object.keys(items[0]!)).toEqual(['title', 'price', 'tags', 'facts', 'createdAt']);
    expect(Object.isFrozen(items[0]) && Object.isFrozen(items[0]!.tags)).toBe(true);
  });

  it('has the conditions, pages, totals and cursors of the search that it is', async () => {
    const orders = [
      [order<ArticleRow>('rank', { ascending: false }), order<ArticleRow>('price', { nulls: 'first' })],
      [order<ArticleRow>(orderExpression<ArticleRow>({ sql: 'lower({title})', type: 'text' }))],
      [order<ArticleRow>('title')],
      [],
    ];
    for (const each of orders) {
      const querier = batchQuerier<ArticleRow>({
        conditions: [where<ArticleRow>({ title: { ne: 't3' } })],
        orders: each,
        pagination: { first: 2 },
        total: 'exact',
        measureBoth: true,
      });
      for (let after: Page<unknown>['endCursor'] = null, pages = 0; pages < 3; pages++) {
        const page: BatchQuerier<ArticleRow> = {
          ...querier,
          pagination: { first: 2, after },
        };
        const searched = await test.database.execute(articles.search(a, page));
        const projected: Page<unknown> = await project(['title'], page);
        expect(JSON.stringify(projected)).toEqual(
          JSON.stringify({
            ...searched,
            items: searched.items.map(({ title }) => ({ title })),
            ...cursorsOf(searched),
          }),
        );
        after = projected.endCursor;
      }
      const last = await project(['title'], {
        ...querier,
        pagination: { last: 3 },
      });
      const all = await project(['title'], {
        ...querier,
        pagination: { noPagination: true },
      });
      expect(last.items).toEqual(all.items.slice(-3));
    }
  });

  it('goes on where a search ended, and the other way round', async () => {
    const querier = batchQuerier<ArticleRow>({
      orders: [order('rank')],
      pagination: { first: 2 },
    });
    const first = await test.database.execute(articles.search(a, querier));
    const second = await project(['rank', 'title'], {
      ...querier,
      pagination: { first: 2, after: first.endCursor },
    });
    const third = {
      ...querier,
      pagination: { first: 9, after: second.endCursor },
    };
    const titles = [...first.items, ...second.items, ...(await test.database.execute(articles.search(a, third))).items];
    expect(titles.map(({ title }) => title).sort()).toEqual(['t0', 't1', 't2', 't3', 't4', 't5']);
  });

  it('leaves out what is deleted unless it is asked for', async () => {
    const querier = batchQuerier<ArticleRow>({
      pagination: { noPagination: true },
      orders: [order('title')],
    });
    const withDeleted = articles.project(a, ['title'], querier, {
      includeDeleted: true,
    });
    expect((await project(['title'], querier)).items).toHaveLength(6);
    expect((await test.database.execute(withDeleted)).items.at(-1)).toEqual({
      title: 't6',
    });
  });

  it('sees one tenant and not the other', async () => {
    const querier = batchQuerier<ArticleRow>({
      pagination: { limit: 99, offset: 0 },
      total: 'exact',
    });
    const page = await test.database.execute(articles.project(b, ['tenant', 'title'], querier));
    expect(page).toMatchObject({
      items: [{ tenant: 'b', title: 'foreign' }],
      total: { value: 1 },
    });
  });

  it.each([
    [['nothing'], 'UNKNOWN_FIELD', '/columns/0'],
    [['title', 'constructor'], 'UNKNOWN_FIELD', '/columns/1'],
    [['title', 'rank', 'title'], 'INVALID_VALUE', '/columns/2'],
    [['title', undefined], 'UNKNOWN_FIELD', '/columns/1'],
    [[], 'MISSING_VALUE', '/columns'],
    ['title', 'INVALID_VALUE', '/columns'],
  ])('refuses the columns %j', async (columns, reason, pointer) => {
    await expect(project(columns as never)).rejects.toMatchObject({
      name: 'InvalidInput',
      reason,
      pointer,
    });
  });
});

/** The members of a page that a copy leaves behind. */
function cursorsOf({ startCursor, endCursor, cursors }: Page<unknown>): Partial<Page<unknown>> {
  return { startCursor, endCursor, cursors };
}

describe('the statement of a projection', () => {
  it('selects the columns, and what the order needs behind them', async () => {
    const test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    try {
      const querier = batchQuerier<ArticleRow>({
        orders: [order('rank')],
        pagination: { first: 2 },
      });
      const [trip] = await tripsOf(test, () => test.database.execute(articles.project(a, ['title', 'tags'], querier)));
      expect(trip).toMatch(/SELECT "title", "tags", "rank" AS "rank", "id" AS "id" FROM "articles"/);
      expect(trip).not.toMatch(/facts|version/);
    } finally {
      await test.close();
    }
  });
});

interface KeyRow {
  readonly id: number;
  readonly tenant: string;
  readonly name: string;
  readonly secret?: string;
}
const KeyRow = new EntitySchema<KeyRow>({
  name: 'Key',
  tableName: 'keys',
  columns: {
    id: { type: 'int', primary: true },
    tenant: { type: 'text' },
    name: { type: 'text' },
    secret: { type: 'text', select: false },
  },
});

describe('a projection of columns that are not selected otherwise', () => {
  it('reads those that it names', async () => {
    const test = await testDatabase([KeyRow]);
    try {
      await test.dataSource.query(
        `INSERT INTO keys VALUES (1, 'a', 'one', 'x'), (2, 'a', 'two', 'y'), (3, 'b', 'b', 'z')`,
      );
      const keys = entityOperations<KeyRow, KeyRow, number>({
        entity: KeyRow,
        toData: (row) => row,
        notFound: () => new EntityNotFound('key'),
        alreadyExists: () => new EntityAlreadyExists('key'),
      });
      const mine = searchScope<KeyRow>({ name: 'tenant', equals: { tenant: 'a' } });
      const bySecret = batchQuerier<KeyRow>({
        orders: [order('secret', { ascending: false })],
        pagination: { first: 1 },
        total: 'exact',
      });
      const page = await test.database.execute(keys.project(mine, ['secret', 'name'], bySecret));
      expect(page).toMatchObject({ items: [{ secret: 'y', name: 'two' }], total: { value: 2 }, hasNextPage: true });
      const others = await test.database.execute(keys.project(mine, ['name'], bySecret));
      expect(others.items).toEqual([{ name: 'two' }]);
      // Encrypted, so that no two are the same, and good for the same searches.
      for (const after of [page.endCursor, others.endCursor]) {
        const rest = batchQuerier<KeyRow>({ ...bySecret, pagination: { first: 1, after } });
        expect((await test.database.execute(keys.search(mine, rest))).items).toMatchObject([{ name: 'one' }]);
      }
      const [rows] = await readStream(test.database.stream(keys.streamColumns(mine, ['id', 'secret'])));
      expect(rows).toEqual([
        { id: 1, secret: 'x' },
        { id: 2, secret: 'y' },
      ]);
      expect((await readStream(test.database.stream(keys.stream(mine)))).flat()[0]).not.toHaveProperty('secret');
      const most = keys.aggregate(mine, { select: { most: max('secret') } });
      expect(await test.database.execute(most)).toEqual([{ most: 'y' }]);
    } finally {
      await test.close();
    }
  });
});

describe('a projection of rows with relations', () => {
  it('asks for and orders by what is behind them as a search does', async () => {
    const test = await clubDatabase();
    try {
      const querier = batchQuerier<Member>({
        conditions: [{ team: { is: { name: { startsWith: 'R' } } } }],
        orders: [order<Member>('boss.name', { nulls: 'first' })],
        pagination: { first: 5 },
        total: 'exact',
      });
      const page = await test.database.execute(members.project(membersOf('a'), ['name', 'age'], querier));
      expect(page).toMatchObject({
        items: [
          { name: 'Ada', age: 36 },
          { name: 'bob', age: 20 },
        ],
        total: { value: 2 },
      });
      const all = await test.database.execute(members.project(everybody, ['id'], querier));
      expect(all.items.map(({ id }) => id)).toEqual([1, 2, 7]);
    } finally {
      await test.close();
    }
  });
});
