import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import {
  batchQuerier,
  type BatchQuerier,
  type BatchQuerierArgs,
  type Cursor,
  fields,
  type Page,
  type Pagination,
  type Total,
} from '@holdfast/querier';
import { guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, type Article, articles, tenant } from './fixture/articles.js';
import { backendAiPages, backendAiRequests, type PagingAnswer } from './fixture/paging/backend-ai-cases.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';
import { tripsOf } from './fixture/trips-of.js';

const ROWS = 7;
const articleFields = fields<ArticleRow>({ rank: { type: 'integer', order: true } });

describe('paging as Backend.AI has it', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], guardedPool({ max: 1 }));
    await test.dataSource.query(`
      INSERT INTO articles (id, tenant, title, rank, created_at, version)
      SELECT gen_random_uuid(), CASE WHEN g >= ${ROWS} THEN 'b' ELSE 'a' END, 'title ' || g, g % ${ROWS},
        '2024-01-01 00:00Z', 1
      FROM generate_series(0, ${2 * ROWS - 1}) g`);
  });
  afterAll(() => test.close());

  const search = (querier: BatchQuerier<ArticleRow>, of = 'a'): Promise<Page<Article>> =>
    test.database.execute(articles.search(tenant(of), querier));

  /** Ranks are the places of the rows in their order, from 0 on. */
  const answer = (page: Promise<Page<Article>>): Promise<PagingAnswer> =>
    page.then(
      ({ items, hasNextPage, hasPreviousPage, total }) => ({
        places: items.map(({ rank }) => rank),
        hasNextPage,
        hasPreviousPage,
        total: total?.value ?? null,
      }),
      ({ reason }: { reason: string }) => ({ refused: reason }),
    );

  async function cursorAt(place: number): Promise<Cursor> {
    const page = await search(batchQuerier({ orders: [{ by: 'rank' }], pagination: { limit: 1, offset: place } }));
    return page.endCursor!;
  }

  it.each(backendAiPages)('$name', async ({ page, measureBoth, theirs, ours, why }) => {
    const { after, before, ...given } = page;
    const pagination = {
      ...given,
      ...(after === undefined ? {} : { after: await cursorAt(after) }),
      ...(before === undefined ? {} : { before: await cursorAt(before) }),
    } as unknown as Pagination;
    const asked: BatchQuerierArgs<ArticleRow> = { orders: [{ by: 'rank' }], pagination, total: 'exact', measureBoth };

    expect(await answer(search(batchQuerier(asked)))).toEqual(ours);
    expect(why === '').toBe(JSON.stringify(ours) === JSON.stringify(theirs));
  });

  it.each(backendAiRequests)('a request: $request', async ({ request, theirs, ours, why }) => {
    const asked = async (): Promise<Page<Article>> =>
      search(articleFields.parseSearch(new URLSearchParams(`order=rank&total=exact&${request}`)));

    expect(await answer(asked())).toEqual(ours);
    expect(why === '').toBe(JSON.stringify(ours) === JSON.stringify(theirs));
  });

  // Theirs compares the sort column alone: page 2 of a hundred rows of one time was empty, and 90 rows out of reach.
  it('reaches every row of a time that all share', async () => {
    const seen: string[] = [];
    let after: Cursor | null = null;
    do {
      const orders = [{ by: 'createdAt', dir: 'desc' }] as const;
      const page: Page<Article> = await search(batchQuerier({ orders, pagination: { first: 2, after } }));
      seen.push(...page.items.map(({ id }) => id));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);

    expect(new Set(seen).size).toBe(ROWS);
    expect(seen).toHaveLength(ROWS);
  });

  // Theirs looks the row of the cursor up again, and finds the list to be at its end where the row is gone.
  it('goes on behind a row that is gone', async () => {
    const after = await cursorAt(2);
    await test.dataSource.query(`DELETE FROM articles WHERE tenant = 'a' AND rank = 2`);

    const page = await search(batchQuerier({ orders: [{ by: 'rank' }], pagination: { first: 2, after } }));

    expect([page.items.map(({ rank }) => rank), page.hasNextPage]).toEqual([[3, 4], true]);
    await test.dataSource.query(`
      INSERT INTO articles (id, tenant, title, rank, created_at, version)
      VALUES (gen_random_uuid(), 'a', 'title 2', 2, '2024-01-01 00:00Z', 1)`);
  });

  // Theirs sorts by its own cursor order first: by name ascending, the first ten came back newest first.
  it('keeps to the order that was asked for while it goes on by cursor', async () => {
    const orders = [{ by: 'title', dir: 'desc' }] as const;
    const first = await search(batchQuerier({ orders, pagination: { first: 3 } }));
    const second = await search(batchQuerier({ orders, pagination: { first: 3, after: first.endCursor } }));

    const titles = [...first.items, ...second.items].map(({ title }) => title);
    expect(titles).toEqual(['title 6', 'title 5', 'title 4', 'title 3', 'title 2', 'title 1']);
  });

  // Theirs holds an id, of any entity and any query; and takes an empty one, and ids with a colon.
  it('takes no cursor of another query, nor one that it did not make', async () => {
    const by = (name: 'rank' | 'title', after: Cursor): BatchQuerier<ArticleRow> =>
      batchQuerier({ orders: [{ by: name }], pagination: { first: 2, after } });
    const theirForm = (id: string): Cursor => Buffer.from(`cursor:v1:${id}`).toString('base64') as Cursor;
    const { id } = (await search(batchQuerier({ pagination: { limit: 1, offset: 0 } }))).items[0]!;
    const refusal = { reason: 'INVALID_CURSOR', httpStatus: 400 };

    for (const cursor of [theirForm(id), theirForm(''), theirForm('a:b'), '' as Cursor, 'garbage' as Cursor]) {
      await expect(search(by('rank', cursor))).rejects.toMatchObject(refusal);
    }
    await expect(search(by('title', await cursorAt(2)))).rejects.toMatchObject(refusal);
    await expect(search(by('rank', await cursorAt(2)), 'b')).rejects.toMatchObject(refusal);
  });

  // Theirs forgets the query's own WHERE in the counts of cursor pages and of empty ones, and told of foreign rows.
  it.each<Pagination>([
    { first: 2 },
    { last: 2 },
    { limit: 2, offset: 0 },
    { limit: 2, offset: 100 },
    { noPagination: true },
  ])('counts neither other tenants nor deleted rows: %j', async (pagination) => {
    const { id } = (await search(batchQuerier({ pagination: { first: 1 } }))).items[0]!;
    await test.database.execute(articles.delete(tenant('a'), id));

    const page = await search(batchQuerier({ pagination, total: 'exact' }));

    expect(page.total).toEqual({ value: ROWS - 1, exact: true });
    await test.database.execute(articles.restore(tenant('a'), id));
  });

  // Theirs counts for every page, by a second statement or a window over all rows; it cannot be asked not to.
  it.each<[Total, Page<Article>['total']]>([
    ['none', null],
    ['exact', { value: ROWS, exact: true }],
    [{ atMost: ROWS }, { value: ROWS, exact: true }],
    [{ atMost: 3 }, { value: 3, exact: false }],
  ])('counts only as far as it is asked to: %j', async (total, counted) => {
    for (const pagination of [{ first: 2 }, { last: 2 }, { limit: 2, offset: 4 }, { limit: 2, offset: 100 }]) {
      expect((await search(batchQuerier({ pagination, total }))).total).toEqual(counted);
    }
  });

  // Theirs asks twice for a page by cursor, and for an empty one by offset.
  it.each(['first', 'last'])('asks once for a page by %s, its total and both flags', async (size) => {
    const cursor = { [size === 'first' ? 'after' : 'before']: await cursorAt(3) };
    const pagination = { [size]: 2, ...cursor } as unknown as Pagination;
    const querier = batchQuerier<ArticleRow>({
      orders: [{ by: 'rank' }],
      pagination,
      total: 'exact',
      measureBoth: true,
    });
    let page: Page<Article> | null = null;

    const trips = await tripsOf(test, async () => (page = await search(querier)));

    expect(trips).toHaveLength(1);
    expect(page).toMatchObject({ total: { value: ROWS }, hasNextPage: true, hasPreviousPage: true });
  });

  // Theirs takes an empty list of scopes for none in the older functions, and refuses it in the newer.
  it('refuses an empty list of scopes', async () => {
    const none = [] as unknown as Parameters<typeof articles.search>[0];
    const spec = articles.search(none, batchQuerier({ pagination: { first: 2 } }));

    await expect(test.database.execute(spec)).rejects.toBeInstanceOf(Misuse);
  });

  // Theirs is ten rows by offset.
  it('gives a request that names no page the first twenty rows by cursor', () => {
    expect(articleFields.parseSearch(new URLSearchParams('order=rank')).pagination).toEqual({ first: 20, after: null });
  });

  // Theirs says that a cursor was given, which is true before an empty list too.
  it('measures the flag against the direction where it is asked to', async () => {
    const only = tenant('only');
    const { id } = await test.database.execute(articles.create(only, article()));
    const after = (await search(batchQuerier({ pagination: { first: 1 } }), 'only')).endCursor;
    const hasPreviousPage = async (measureBoth: boolean): Promise<boolean> =>
      (await search(batchQuerier({ pagination: { first: 1, after }, measureBoth }), 'only')).hasPreviousPage;

    expect([await hasPreviousPage(false), await hasPreviousPage(true)]).toEqual([true, true]);
    await test.database.execute(articles.purge(only, id));
    expect([await hasPreviousPage(false), await hasPreviousPage(true)]).toEqual([true, false]);
  });
});
