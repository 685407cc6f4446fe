import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AssembledPage,
  batchQuerier,
  compileSearch,
  type Cursor,
  CursorCodec,
  type Page,
  type PageStatement,
  type Pagination,
  type SearchContext,
} from '@holdfast/querier';
import fc from 'fast-check';
import { EntityCatalog } from '../../src/entity/entity-catalog.js';
import { Database } from '../../src/index.js';
import { searchInShape } from '../../src/specs/search-in-shape.js';
import { type Article, article, articles, tenant } from '../fixture/articles.js';
import { ArticleRow } from '../fixture/article-row.js';
import { type TestDatabase, testDatabase } from '../fixture/test-database.js';
import { alikeSearches, type AskedSearch, goingOnFrom } from './alike-searches.js';
import { refusalOf } from './refusal-of.js';

const keys = ['a secret that only these tests know of'] as const;
const cursors = new CursorCodec({ keys });
const codecs = {
  signing: cursors,
  sealing: new CursorCodec({ keys, encrypt: 'all' }),
  foreign: new CursorCodec({ keys: ['a secret that only somebody else knows of'] }),
};

/** What becomes of an attempt, in a form that can be compared. */
function outcomeOf<Result>(attempt: () => Result): { readonly result: Result } | { readonly refusal: unknown } {
  try {
    return { result: attempt() };
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
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
    /** A cursor to the place of a search, made for it or for another. */
    const cursorTo = ({ place }: AskedSearch, of: AskedSearch): Cursor => {
      const querier = { ...of.querier, pagination: { noPagination: true } } as const;
      const made = outcomeOf(() => compiled({ ...of, querier }));
      if (!('result' in made)) return 'forged' as Cursor;
      const { binding, bound } = made.result;
      return codecs[place.codec].encode(binding, place.texts.slice(0, bound.args.keys.length));
    };
    fc.assert(
      fc.property(alikeSearches, (alike) => {
        const searches = alike.map((asked) =>
          goingOnFrom(asked, () => cursorTo(asked, asked.place.isOwn ? asked : alike[0]!)),
        );
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
    const paged = (asked: AskedSearch, pagination: Pagination): AskedSearch => ({
      ...asked,
      querier: batchQuerier({ ...asked.querier, pagination }),
    });
    const judge = async (alike: AskedSearch): Promise<void> => {
      const fresh = new Database(dataSource, { cursors });
      const all = await pageOf(fresh, paged(alike, { noPagination: true })).then(
        (page) => ({ ids: page.items.map(({ id }) => id), cursors: page.cursors }),
        () => null,
      );
      const middle = all?.cursors[all.cursors.length >> 1] ?? ('forged' as Cursor);
      const asked = goingOnFrom(alike, () => middle);
      const page = await settled(pageOf(fresh, asked));
      await expect(settled(pageOf(warm, asked))).resolves.toEqual(page);
      const again = pageOf(warm, asked);
      await expect(settled(again)).resolves.toEqual(page);

      const cursor = await again.then(
        ({ endCursor }) => endCursor,
        () => null,
      );
      if (cursor === null) return;
      const { ids } = all!;
      const at = ids.indexOf((page as { ids: readonly string[] }).ids.at(-1)!);
      const pages = [
        [paged(asked, { first: 2, after: cursor }), ids.slice(at + 1, at + 3)],
        [paged(asked, { last: 2, before: cursor }), ids.slice(Math.max(at - 2, 0), at)],
      ] as const;
      for (const [next, itsIds] of pages) {
        for (const database of [fresh, warm, warm]) {
          await expect(settled(pageOf(database, next))).resolves.toMatchObject({ ids: itsIds });
        }
        const elsewhere = settled(pageOf(warm, { ...next, scope: tenant('nobody') }));
        await expect(elsewhere).resolves.toMatchObject({ reason: 'INVALID_CURSOR' });
      }
    };
    await fc.assert(
      fc.asyncProperty(alikeSearches, async (searches) => {
        for (const asked of searches) await judge(asked);
      }),
      { numRuns: 40 },
    );
  });
});
