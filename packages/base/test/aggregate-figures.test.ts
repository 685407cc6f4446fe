import { describe, expect, it } from '@jest/globals';
import { count, countDistinct, max, min, sum } from '@holdfast/querier';
import fc from 'fast-check';
import { type Article, article, articles, tenant } from './fixture/articles.js';
import { ArticleRow } from './fixture/article-row.js';
import { testDatabase } from './fixture/test-database.js';

describe('the figures of groups', () => {
  const keys = ['rank', 'mood', 'isPinned', 'day'] as const;
  const rows = fc.array(
    fc.record({
      rank: fc.integer({ min: -1, max: 1 }),
      mood: fc.constantFrom('glad' as const, 'sad' as const, null),
      isPinned: fc.boolean(),
      day: fc.constantFrom('2025-12-31', '2026-01-01', null),
      views: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
      price: fc.option(fc.integer({ min: -999, max: 999 }).map((cents) => (cents / 100).toFixed(2))),
    }),
    { maxLength: 30 },
  );
  const asked = fc.record({
    rows,
    groupBy: fc.subarray([...keys]),
    least: fc.integer({ min: 0, max: 3 }),
    condition: fc.constantFrom(
      {},
      { price: { isNull: false } },
      { rank: { gte: 0 } },
      { mood: { ne: 'sad' as const } },
    ),
  });
  const holds = (row: Article, condition: object): boolean => {
    if ('price' in condition) return row.price !== null;
    if ('rank' in condition) return row.rank >= 0;
    return !('mood' in condition) || row.mood !== 'sad';
  };
  const cents = (price: string): bigint => BigInt(price.replace('.', ''));
  const extreme = (texts: readonly string[], isBetter: (one: string, other: string) => boolean): string | null =>
    texts.reduce<string | null>((best, one) => (best === null || isBetter(one, best) ? one : best), null);

  /** The same in memory. */
  const figuresOf = (group: readonly Article[]): object => {
    const prices = group.flatMap(({ price }) => price ?? []);
    const days = group.flatMap(({ day }) => day ?? []);
    const views = group.map((row) => row.views);
    return {
      rows: group.length,
      priced: prices.length,
      moods: new Set(group.flatMap(({ mood }) => mood ?? [])).size,
      ranks: group.length === 0 ? null : String(group.reduce((total, { rank }) => total + rank, 0)),
      views: group.length === 0 ? null : String(views.reduce((total, one) => total + BigInt(one), 0n)),
      cents: prices.length === 0 ? null : prices.reduce((total, price) => total + cents(price), 0n),
      firstDay: extreme(days, (one, other) => one < other),
      lastDay: extreme(days, (one, other) => one > other),
      mostViews: extreme(views, (one, other) => BigInt(one) > BigInt(other)),
      leastPrice: extreme(prices, (one, other) => Number(one) < Number(other)),
    };
  };

  it('are those that the rows have', async () => {
    const test = await testDatabase([ArticleRow]);
    let runs = 0;
    try {
      const check = fc.asyncProperty(asked, async ({ rows: given, groupBy, least, condition }) => {
        const mine = tenant(`t${runs++}`);
        const stored = await test.database.execute(
          articles.bulkCreate(
            mine,
            given.map((row) => article(row)),
          ),
        );
        const found = await test.database.execute(
          articles.aggregate(mine, {
            groupBy,
            select: {
              rows: count(),
              priced: count('price'),
              moods: countDistinct('mood'),
              ranks: sum('rank'),
              views: sum('views'),
              cents: sum('price'),
              firstDay: min('day'),
              lastDay: max('day'),
              mostViews: max('views'),
              leastPrice: min('price'),
            },
            conditions: [condition],
            having: [{ rows: { gte: least } }],
            maxGroups: 100,
          }),
        );
        const groups = new Map<string, Article[]>(groupBy.length === 0 ? [['{}', []]] : []);
        for (const row of stored.filter((one) => holds(one, condition))) {
          const key = JSON.stringify(Object.fromEntries(groupBy.map((name) => [name, row[name]])));
          groups.set(key, [...(groups.get(key) ?? []), row]);
        }
        const expected = [...groups].filter(([, group]) => group.length >= least);
        const figures = expected.map(([key, group]) => ({
          ...(JSON.parse(key) as object),
          ...figuresOf(group),
        }));
        const exact = found.map((group) => ({
          ...group,
          cents: group.cents === null ? null : cents(group.cents),
        }));
        expect(exact).toHaveLength(figures.length);
        expect(exact).toEqual(expect.arrayContaining(figures));
      });
      await fc.assert(check, { numRuns: 60 });
    } finally {
      await test.close();
    }
  });
});
