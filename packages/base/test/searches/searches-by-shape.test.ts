import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvalidInput } from '@holdfast/errors';
import {
  type AssembledPage,
  compileSearch,
  type Cursor,
  CursorCodec,
  type Page,
  type PageStatement,
  type SearchContext,
} from '@holdfast/querier';
import fc from 'fast-check';
import { EntityCatalog } from '../../src/entity/entity-catalog.js';
import { Database } from '../../src/index.js';
import { searchInShape } from '../../src/specs/search-in-shape.js';
import { type Article, article, articles, tenant } from '../fixture/articles.js';
import { ArticleRow } from '../fixture/article-row.js';
import { type TestDatabase, testDatabase } from '../fixture/test-database.js';
import { alikeSearches, type AskedSearch } from './alike-searches.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });

/** What becomes of an attempt, in a form that can be compared. */
function outcomeOf<Result>(attempt: () => Result): { readonly result: Result } | { readonly refusal: unknown } {
  try {
    return { result: attempt() };
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

function refusalOf(error: unknown): unknown {
  const { name, message, reason, pointer } = error as InvalidInput;
  return { name, message, reason, pointer };
}

describe('searches that are found by their shape', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    for (let i = 0; i < 24; i++) {
      const values = {
        title: `${'ab%$'[i % 4]!}${i}`,
        rank: (i % 3) - 1,
        mood: ([null, 'glad', 'sad'] as const)[i % 3]!,
        price: i % 4 === 0 ? null : '1.50',
        isPinned: i % 2 === 0,
        tags: i % 5 === 0 ? [] : ['a'],
        facts: i % 6 === 0 ? null : { a: i % 2 },
      } as Partial<ArticleRow>;
      const owner = tenant(['a', 'b', 'c'][i % 3]!);
      const { id } = await test.database.execute(articles.create(owner, article(values)));
      if (i % 7 === 0) await test.database.execute(articles.delete(owner, id));
    }
  });
  afterAll(() => test.close());

  it('have the text and the values that they have when they are compiled, and are refused alike', () => {
    const mapping = new EntityCatalog(test.dataSource, cursors).mappingOf(ArticleRow);
    const shown = (sql: string, values: readonly unknown[], page: AssembledPage): object => {
      const { pagination, total, leads, binding } = page;
      const { entity, order, filter, isConfidential } = binding;
      return { sql, values, pagination, total, leads, binding: { entity, order, filter, isConfidential } };
    };
    const contextOf = ({ selection }: AskedSearch): SearchContext => ({
      restriction: selection.includeDeleted === true ? null : '"deleted_at" IS NULL',
      cursors,
    });
    const compiled = (asked: AskedSearch): PageStatement =>
      compileSearch(mapping, asked.scope, asked.querier, contextOf(asked));
    const found = (asked: AskedSearch): object => {
      const context = contextOf(asked);
      const step = searchInShape(mapping, asked.scope, asked.querier, context, () => compiled(asked));
      return shown(step.statement.sql, step.values, step.page);
    };
    const fresh = (asked: AskedSearch): object => {
      const page = compiled(asked);
      return shown(page.sql, page.values, page);
    };
    fc.assert(
      fc.property(alikeSearches, (searches) => {
        for (const asked of [...searches, ...searches]) {
          expect(outcomeOf(() => found(asked))).toEqual(outcomeOf(() => fresh(asked)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('give the pages that they give when they are compiled, and cursors that go on in them and nowhere else', async () => {
    const { database: warm, dataSource } = test;
    const pageOf = async (database: Database, { scope, querier, selection }: AskedSearch): Promise<Page<Article>> =>
      database.execute(articles.search(scope, querier, selection));
    const shown = ({ items, total, hasNextPage, hasPreviousPage, cursors: { length } }: Page<Article>): object => ({
      ids: items.map(({ id }) => id),
      total,
      hasNextPage,
      hasPreviousPage,
      length,
    });
    const settled = (page: Promise<Page<Article>>): Promise<unknown> => page.then(shown, refusalOf);
    const after = (asked: AskedSearch, cursor: Cursor): AskedSearch => ({
      ...asked,
      querier: { ...asked.querier, pagination: { first: 2, after: cursor } },
    });
    const judge = async (asked: AskedSearch): Promise<void> => {
      const fresh = new Database(dataSource, { cursors });
      const page = await settled(pageOf(fresh, asked));
      await expect(settled(pageOf(warm, asked))).resolves.toEqual(page);
      const again = pageOf(warm, asked);
      await expect(settled(again)).resolves.toEqual(page);

      const cursor = await again.then(
        ({ endCursor }) => endCursor,
        () => null,
      );
      if (cursor === null) return;
      const next = after(asked, cursor);
      const everything = { ...asked.querier, pagination: { noPagination: true } } as const;
      const { items } = await pageOf(fresh, { ...asked, querier: everything });
      const from = items.findIndex(({ id }) => id === (page as { ids: readonly string[] }).ids.at(-1)) + 1;
      const ids = items.slice(from, from + 2).map(({ id }) => id);
      await expect(settled(pageOf(warm, next))).resolves.toMatchObject({ ids });
      await expect(settled(pageOf(fresh, next))).resolves.toMatchObject({ ids });
      const elsewhere = settled(pageOf(warm, { ...next, scope: tenant('nobody') }));
      await expect(elsewhere).resolves.toMatchObject({ reason: 'INVALID_CURSOR' });
    };
    await fc.assert(
      fc.asyncProperty(alikeSearches, async (searches) => {
        for (const asked of searches) await judge(asked);
      }),
      { numRuns: 40 },
    );
  });
});
