import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type BatchQuerier,
  batchQuerier,
  type CursorBackwardPagination,
  type CursorForwardPagination,
  type OffsetPagination,
  order,
  type Page,
  type QueryCondition,
  type QueryOrder,
  where,
} from '@holdfast/querier';
import { ArticleRow } from '../fixture/article-row.js';
import { type Article, article, articles, tenant } from '../fixture/articles.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const mine = tenant('a');
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase([ArticleRow]);
  const titles = ['a-1', 'b-1', 'a-2', 'a-3', 'a-4', 'a-5'];
  await test.database.execute(
    articles.bulkCreate(
      mine,
      titles.map((title) => article({ title })),
    ),
  );
});
afterAll(() => test.close());

const conditions: readonly QueryCondition<ArticleRow>[] = [where<ArticleRow>({ title: { startsWith: 'a-' } })];
const orders: readonly QueryOrder<ArticleRow>[] = [order<ArticleRow>('title', { ascending: false })];

const search = (querier: BatchQuerier<ArticleRow>): Promise<Page<Article>> =>
  test.database.execute(articles.search(mine, querier));
const titles = ({ items }: Page<Article>): string[] => items.map(({ title }) => title);

it('a querier is the frozen data of conditions, orders and a page, which can be compared and sent', () => {
  const pagination: OffsetPagination = { limit: 2, offset: 1 };
  const querier = batchQuerier<ArticleRow>({ conditions, orders, pagination });

  expect(querier).toMatchObject({ conditions, orders, pagination });
  expect([querier, querier.conditions, querier.orders, querier.pagination].every(Object.isFrozen)).toBe(true);
  expect(JSON.parse(JSON.stringify(querier))).toEqual(querier);
});

it('a querier pages by offset, forward after a cursor, and backward before one', async () => {
  const byOffset: OffsetPagination = { limit: 2, offset: 1 };
  expect(titles(await search(batchQuerier<ArticleRow>({ conditions, orders, pagination: byOffset })))).toEqual([
    'a-4',
    'a-3',
  ]);

  const start = await search(batchQuerier<ArticleRow>({ conditions, orders, pagination: { first: 2 } }));
  const forward: CursorForwardPagination = { first: 2, after: start.endCursor };
  const next = await search(batchQuerier<ArticleRow>({ conditions, orders, pagination: forward }));
  expect([titles(start), titles(next)]).toEqual([
    ['a-5', 'a-4'],
    ['a-3', 'a-2'],
  ]);

  const backward: CursorBackwardPagination = { last: 2, before: next.startCursor };
  expect(titles(await search(batchQuerier<ArticleRow>({ conditions, orders, pagination: backward })))).toEqual(
    titles(start),
  );
});
