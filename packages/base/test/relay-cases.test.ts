import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchQuerier, type Cursor, type Page, type Pagination, type QueryOrder } from '@holdfast/querier';
import { ArticleRow } from './fixture/article-row.js';
import { type Article, articles, tenant } from './fixture/articles.js';
import { type RelayArguments, type RelayPage, relayPage } from './fixture/paging/relay-algorithm.js';
import { places, relayCases, ROWS } from './fixture/paging/relay-cases.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const sizes = Array.from({ length: ROWS + 2 }, (_, size) => size);

const orders: Readonly<Record<string, readonly QueryOrder<ArticleRow>[]>> = {
  'by a key without ties': [{ by: 'title' }],
  'by a key with ties, descending': [{ by: 'rank', dir: 'desc' }],
  'by nullable keys of both directions': [
    { by: 'mood', dir: 'desc' },
    { by: 'price', nulls: 'first' },
  ],
};

describe('a connection of the Relay specification', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
    await test.dataSource.query(`
      INSERT INTO articles (id, tenant, title, rank, mood, price, version)
      SELECT gen_random_uuid(), CASE WHEN g > ${ROWS} THEN 'b' ELSE 'a' END, 'title ' || g, g / 3,
        (ARRAY['glad', 'sad', NULL])[1 + g % 3]::articles_mood_enum, CASE WHEN g % 2 > 0 THEN g END, 1
      FROM generate_series(1, ${2 * ROWS}) g`);
    await test.dataSource.query('CREATE TABLE kept AS TABLE articles');
  });
  afterAll(() => test.close());

  const search = (
    by: readonly QueryOrder<ArticleRow>[],
    pagination: Pagination,
    { measureBoth = true, of = 'a' } = {},
  ): Promise<Page<Article>> =>
    test.database.execute(articles.search(tenant(of), batchQuerier({ orders: by, pagination, measureBoth })));

  /** The list as it is, with what asks for pages of it by places in it. */
  async function connection(by: readonly QueryOrder<ArticleRow>[]): Promise<{
    readonly ids: readonly string[];
    page(args: RelayArguments, measureBoth?: boolean): Promise<RelayPage>;
  }> {
    const all = await search(by, { noPagination: true });
    const ids = all.items.map(({ id }) => id);
    return {
      ids,
      async page(args, measureBoth = true) {
        const cursor = (place: number | undefined): Cursor | undefined =>
          place === undefined ? undefined : all.cursors[place];
        const { after, before, ...given } = args;
        const pagination = { ...given, after: cursor(after), before: cursor(before) } as unknown as Pagination;
        const { items, hasNextPage, hasPreviousPage } = await search(by, pagination, { measureBoth });
        return { edges: items.map(({ id }) => ids.indexOf(id)), hasNextPage, hasPreviousPage };
      },
    };
  }

  describe.each(Object.entries(orders))('ordered %s', (_name, by) => {
    it.each([true, false])(
      'is the one of the algorithm for every size and cursor (measureBoth: %s)',
      async (measured) => {
        const { ids, page } = await connection(by);
        expect(ids).toHaveLength(ROWS);
        for (const size of sizes) {
          for (const cursor of [undefined, ...places]) {
            const given = cursor !== undefined;
            const forward = { first: size, ...(given ? { after: cursor } : {}) };
            const backward = { last: size, ...(given ? { before: cursor } : {}) };

            // The flag against the direction counts the row of the cursor too, which here is always there.
            expect({ forward, ...(await page(forward, measured)) }).toEqual({
              forward,
              ...relayPage(places, forward),
              hasPreviousPage: given,
            });
            if (size === 0) continue;
            expect({ backward, ...(await page(backward, measured)) }).toEqual({
              backward,
              ...relayPage(places, backward),
              hasNextPage: given,
            });
          }
        }
      },
    );

    it('goes on from the place of a row that is gone, where the algorithm would start anew', async () => {
      const { ids, page } = await connection(by);
      for (const gone of places) {
        const left = places.filter((place) => place !== gone);
        const [behind, ahead] = [left.filter((place) => place > gone), left.filter((place) => place < gone)];
        await test.dataSource.query('DELETE FROM articles WHERE id = $1', [ids[gone]]);
        for (const size of sizes.slice(1)) {
          expect(relayPage(left, { first: size, after: gone })).toEqual(relayPage(left, { first: size }));

          expect(await page({ first: size, after: gone })).toEqual({
            edges: behind.slice(0, size),
            hasNextPage: behind.length > size,
            hasPreviousPage: ahead.length > 0,
          });
          expect(await page({ last: size, before: gone })).toEqual({
            edges: ahead.slice(-size),
            hasNextPage: behind.length > 0,
            hasPreviousPage: ahead.length > size,
          });
        }
        await test.dataSource.query('INSERT INTO articles SELECT * FROM kept WHERE id = $1', [ids[gone]]);
      }
    });
  });

  it.each(relayCases)('answers or refuses: $name', async ({ args, theirs, ours, why }) => {
    const { page } = await connection([{ by: 'title' }]);
    const answer = page(args).catch(({ reason, pointer }: { reason: string; pointer: string }) => ({
      reason,
      pointer,
    }));

    expect(await answer).toEqual(ours);
    if (theirs === 'an error') expect(() => relayPage(places, args)).toThrow(RangeError);
    else expect(relayPage(places, args)).toEqual(theirs);
    expect(why === '').toBe(JSON.stringify(ours) === JSON.stringify(theirs));
  });

  it('says that a cursor was given where the flag against the direction is not measured', async () => {
    const { ids, page } = await connection([{ by: 'title' }]);
    await test.dataSource.query('DELETE FROM articles WHERE id = ANY($1)', [ids.slice(0, 2)]);

    const measured = await page({ first: 2, after: 1 }, true);
    const said = await page({ first: 2, after: 1 }, false);

    expect([measured.edges, said.edges]).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect([measured.hasPreviousPage, said.hasPreviousPage]).toEqual([false, true]);
    await test.dataSource.query('INSERT INTO articles SELECT * FROM kept WHERE id = ANY($1)', [ids.slice(0, 2)]);
  });

  it('refuses a cursor that it did not make, where the algorithm ignores it', async () => {
    const { endCursor } = await search([{ by: 'title' }], { first: 1 }, { of: 'b' });
    const foreign = [endCursor!, 'MQ==' as Cursor, '' as Cursor];

    expect(relayPage(places, { first: 2, after: ROWS })).toEqual(relayPage(places, { first: 2 }));
    for (const after of foreign) {
      const refusal = { reason: 'INVALID_CURSOR', pointer: '/after' };
      await expect(search([{ by: 'title' }], { first: 2, after })).rejects.toMatchObject(refusal);
    }
    const refusal = { reason: 'INVALID_CURSOR', pointer: '/before' };
    await expect(search([{ by: 'title' }], { last: 2, before: endCursor })).rejects.toMatchObject(refusal);
  });

  it('has no cursors where there are no rows', async () => {
    const pages: readonly Pagination[] = [{ first: 0 }, { first: 3 }, { last: 3 }];
    for (const pagination of pages) {
      const page = await search([], pagination, { of: 'nobody' });

      expect(JSON.parse(JSON.stringify(page))).toEqual({
        items: [],
        total: null,
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
        cursors: [],
      });
    }
  });

  it('has a cursor for each edge, the first and last of which are those of the page', async () => {
    const { cursors, startCursor, endCursor, items } = await search([{ by: 'rank' }], { first: 4 });

    expect(cursors).toHaveLength(items.length);
    expect([startCursor, endCursor]).toEqual([cursors[0], cursors.at(-1)]);
    expect(new Set(cursors).size).toBe(items.length);
  });
});
