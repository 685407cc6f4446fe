import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batchQuerier,
  type Cursor,
  CursorCodec,
  type Page,
  type Pagination,
  type QueryOrder,
  where,
} from '@holdfast/querier';
import { Database, newId } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant, type Article } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const orders = {
  'by creation time': [{ by: 'createdAt' }],
  'by creation time, newest first': [{ by: 'createdAt', dir: 'desc' }],
  'by a column of many ties': [{ by: 'rank' }],
  'by text, descending': [{ by: 'title', dir: 'desc' }],
  'by exact numbers beyond those of JavaScript': [{ by: 'views' }, { by: 'rank' }],
  'in mixed directions': [{ by: 'rank', dir: 'desc' }, { by: 'title' }],
  'by a nullable column': [{ by: 'price' }],
  'by a nullable column, NULLs first': [{ by: 'price', nulls: 'first' }],
  'by a nullable column, descending, NULLs last': [{ by: 'ratio', dir: 'desc', nulls: 'last' }, { by: 'mood' }],
  'by nullable columns in mixed directions': [
    { by: 'mood', dir: 'desc' },
    { by: 'price' },
    { by: 'day', nulls: 'first' },
  ],
  'by nothing': [],
} satisfies Record<string, readonly QueryOrder<ArticleRow>[]>;

describe('pages by cursor', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    // Microseconds that JavaScript cannot hold, ties, NULLs, and another tenant's rows in between.
    await test.dataSource.query(`
      INSERT INTO articles (id, tenant, title, rank, views, price, ratio, mood, day, created_at, version)
      SELECT gen_random_uuid(), CASE WHEN g % 5 = 0 THEN 'b' ELSE 'a' END, 'title ' || (g * 7919) % 211, g % 3,
        9007199254740993 + g % 7, CASE WHEN g % 4 > 0 THEN (g % 6) / 7.0 END, CASE WHEN g % 3 > 0 THEN (g % 5) / 3.0 END,
        (ARRAY['glad', 'sad', NULL])[1 + g % 3]::articles_mood_enum, CASE WHEN g % 2 > 0 THEN date '2024-01-01' + g % 9 END,
        timestamptz '2024-01-01' + (g / 4) * interval '1 microsecond', 1
      FROM generate_series(1, 210) g`);
  });
  afterAll(() => test.close());

  const page = (pagination: Pagination, by: readonly QueryOrder<ArticleRow>[]): Promise<Page<Article>> =>
    test.database.execute(articles.search(a, batchQuerier({ orders: by, pagination })));

  async function walk(forward: boolean, size: number, by: readonly QueryOrder<ArticleRow>[]): Promise<string[]> {
    const ids: string[] = [];
    let cursor: Cursor | null = null;
    for (;;) {
      const one: Page<Article> = await page(
        forward ? { first: size, after: cursor } : { last: size, before: cursor },
        by,
      );
      const found = one.items.map(({ id }) => id);
      if (forward) ids.push(...found);
      else ids.unshift(...found);
      expect(one.cursors).toHaveLength(one.items.length);
      cursor = forward ? one.endCursor : one.startCursor;
      if (!(forward ? one.hasNextPage : one.hasPreviousPage)) return ids;
      expect(found).toHaveLength(size);
    }
  }

  describe.each(Object.entries(orders))('ordered %s', (_name, by) => {
    it.each([1, 7, 50, 1000])('visit each row once, in the order of a full sort, %i at a time', async (size) => {
      const sorted = (await page({ noPagination: true }, by)).items.map(({ id }) => id);

      expect(sorted).toHaveLength(168);
      expect(await walk(true, size, by)).toEqual(sorted);
      expect(await walk(false, size, by)).toEqual(sorted);
    });
  });

  it('sort by offset as by cursor, and say where a page stands', async () => {
    const by = orders['by a nullable column'];
    const all = (await page({ noPagination: true }, by)).items;

    const middle = await page({ limit: 10, offset: 20 }, by);
    const end = await page({ limit: 10, offset: 160 }, by);
    const past = await page({ limit: 10, offset: 500 }, by);

    expect(middle.items).toEqual(all.slice(20, 30));
    expect([middle.hasNextPage, middle.hasPreviousPage]).toEqual([true, true]);
    expect([end.items.length, end.hasNextPage, end.hasPreviousPage]).toEqual([8, false, true]);
    expect([past.items.length, past.hasNextPage, past.hasPreviousPage]).toEqual([0, false, true]);
  });

  it('give the same cursors whichever way the page was reached', async () => {
    for (const size of [3, 4]) {
      const byOffset = await page({ limit: size, offset: 0 }, []);
      const byCursor = await page({ first: size }, []);

      expect(byOffset.cursors).toEqual(byCursor.cursors);
      expect(byCursor.cursors).toHaveLength(size);
      expect((await page({ first: 1, after: byOffset.endCursor }, [])).items).toHaveLength(1);
    }
  });

  it('refuse an order whose values are too long for a cursor, before the page is read', async () => {
    const { id } = await test.database.execute(articles.create(tenant('long'), article()));
    await test.dataSource.query(`UPDATE articles SET price = repeat('9', 9500)::numeric WHERE tenant = 'long'`);
    const pages = articles.search(
      tenant('long'),
      batchQuerier({ orders: [{ by: 'price' }], pagination: { first: 1 } }),
    );

    await expect(test.database.execute(pages)).rejects.toMatchObject({ reason: 'INVALID_ORDER', httpStatus: 400 });
    // A page that is not walked by cursor has none instead.
    const offset = batchQuerier<ArticleRow>({ orders: [{ by: 'price' }], pagination: { limit: 1, offset: 0 } });
    const page = await test.database.execute(articles.search(tenant('long'), offset));
    expect(JSON.parse(JSON.stringify(page))).toMatchObject({ items: [{ id }], cursors: [], endCursor: null });
    await test.database.execute(articles.purge(tenant('long'), id));
  });

  it('go on where a row was deleted and others were added', async () => {
    const by: readonly QueryOrder<ArticleRow>[] = [{ by: 'createdAt', dir: 'desc' }];
    const first = await page({ first: 10 }, by);
    const rest = (await page({ noPagination: true }, by)).items.slice(10).map(({ id }) => id);
    await test.database.execute(articles.purge(a, first.items.at(-1)!.id));
    const added = await test.database.execute(articles.create(a, article({ createdAt: new Date('2030-01-01') })));

    const next = await page({ first: 1000, after: first.endCursor }, by);

    expect(next.items.map(({ id }) => id)).toEqual(rest);
    await test.database.execute(articles.purge(a, added.id));
  });

  it('count what the filter and the scope match, exactly or up to a number, whatever the page', async () => {
    const count = async (total: 'exact' | { atMost: number }, pagination: Pagination): Promise<unknown> => {
      const conditions = [where<ArticleRow>({ rank: { eq: 1 } })];
      const result = await test.database.execute(articles.search(a, batchQuerier({ conditions, pagination, total })));
      return result.total;
    };
    const [{ n }] = await test.dataSource.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM articles WHERE tenant = 'a' AND rank = 1`,
    );

    expect(await count('exact', { first: 3 })).toEqual({ value: n, exact: true });
    expect(await count('exact', { limit: 3, offset: 10_000 })).toEqual({ value: n, exact: true });
    expect(await count({ atMost: n }, { last: 3 })).toEqual({ value: n, exact: true });
    expect(await count({ atMost: n - 1 }, { last: 3 })).toEqual({ value: n - 1, exact: false });
  });

  it('refuse cursors of another order, filter, scope, key or making', async () => {
    const by: readonly QueryOrder<ArticleRow>[] = [{ by: 'rank' }];
    const { endCursor } = await page({ first: 2 }, by);
    const after = endCursor!;
    const refused = { reason: 'INVALID_CURSOR', pointer: '/after', httpStatus: 400 };
    const search = (...args: Parameters<typeof articles.search>): Promise<unknown> =>
      test.database.execute(articles.search(...args));

    const otherOrder = batchQuerier<ArticleRow>({ orders: [{ by: 'title' }], pagination: { first: 2, after } });
    const otherFilter = batchQuerier<ArticleRow>({
      orders: by,
      conditions: [{ rank: { gte: 0 } }],
      pagination: { first: 2, after },
    });
    await expect(search(a, otherOrder)).rejects.toMatchObject(refused);
    await expect(search(a, otherFilter)).rejects.toMatchObject(refused);
    await expect(
      search(tenant('b'), batchQuerier({ orders: by, pagination: { first: 2, after } })),
    ).rejects.toMatchObject(refused);
    for (const forged of ['', 'x', '=', `${after}A`, after.slice(1), after.replace(/.$/, '*'), 'a'.repeat(5000)]) {
      if (forged === '') continue;
      await expect(page({ first: 2, after: forged as Cursor }, by)).rejects.toMatchObject(refused);
    }
    const cursors = new CursorCodec({ keys: ['another secret, which is long enough too'] });
    const elsewhere = new Database(test.dataSource, { cursors });
    const pages = articles.search(a, batchQuerier({ orders: by, pagination: { first: 2, after } }));
    await expect(elsewhere.execute(pages)).rejects.toMatchObject(refused);
  });

  it('accept cursors of an older key', async () => {
    const { endCursor: after } = await page({ first: 2 }, []);
    const cursors = new CursorCodec({
      keys: ['a newer secret that only these tests know of', 'a secret that only these tests know of'],
    });

    const next = new Database(test.dataSource, { cursors }).execute(
      articles.search(a, batchQuerier({ pagination: { first: 2, after } })),
    );

    expect((await next).items).toHaveLength(2);
  });

  it('give no rows for a first of none, and tell whether there are any', async () => {
    expect(await page({ first: 0 }, [])).toMatchObject({ items: [], hasNextPage: true });
    expect(await test.database.execute(articles.find(a, newId()))).toBeNull();
  });
});
