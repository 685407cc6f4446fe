import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { avg, count, countDistinct, max, min, sum, unscoped, where } from '@holdfast/querier';
import { guardedPool } from '../src/index.js';
import { article, articles, tenant } from './fixture/articles.js';
import { ArticleRow } from './fixture/article-row.js';
import { clubDatabase, everybody, type Member, members, membersOf } from './fixture/club.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const a = tenant('a');
const b = tenant('b');
const all = unscoped('a test looks at everything');
const most = '9223372036854775807';

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('an aggregation over %s', (_name, pool) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([ArticleRow], pool);
    const rows = [
      article({
        rank: 1,
        views: most,
        price: '0.10',
        ratio: 0.1,
        mood: 'glad',
        day: '2026-01-02',
        facts: { n: 1 },
      }),
      article({
        rank: 1,
        views: most,
        price: '0.20',
        ratio: 0.2,
        mood: 'sad',
        day: '2026-01-01',
        isPinned: true,
      }),
      article({
        rank: 2,
        views: '1',
        price: null,
        ratio: null,
        mood: null,
        day: null,
      }),
      article({
        rank: 2,
        views: '1',
        price: '0.30',
        ratio: null,
        mood: 'glad',
        day: null,
      }),
      article({
        rank: 2,
        views: '7',
        price: '9.00',
        ratio: 9,
        mood: 'sad',
        day: null,
      }),
    ];
    for (const spec of rows) {
      const { id } = await test.database.execute(articles.create(a, spec));
      if (spec === rows[4]) await test.database.execute(articles.delete(a, id));
    }
    await test.database.execute(articles.create(b, article({ rank: 1, views: '5', mood: 'glad' })));
  });
  afterAll(() => test.close());

  const aggregate = ((aggregation: never, selection: never) =>
    test.database.execute(articles.aggregate(a, aggregation, selection))) as never as <Result>(
    aggregation: object,
    selection?: object,
  ) => Promise<Result>;

  it('makes figures of all rows, exactly, in the types that they have', async () => {
    const [only, ...others] = await test.database.execute(
      articles.aggregate(a, {
        select: {
          rows: count(),
          priced: count('price'),
          documents: count('facts'),
          moods: countDistinct('mood'),
          ranks: sum('rank'),
          views: sum('views'),
          prices: sum('price'),
          ratios: sum('ratio'),
          rank: avg('rank'),
          price: avg('price'),
          ratio: avg('ratio'),
          first: min('day'),
          last: max('createdAt'),
          leastViews: min('views'),
          mood: max('mood'),
        },
      }),
    );
    expect(others).toEqual([]);
    expect(only).toEqual({
      rows: 4,
      priced: 3,
      documents: 1,
      moods: 2,
      ranks: '6',
      views: '18446744073709551616',
      prices: '0.60',
      ratios: expect.stringMatching(/^0\.3/),
      rank: '1.5000000000000000',
      price: '0.20000000000000000000',
      ratio: expect.stringMatching(/^0\.15/),
      first: '2026-01-01',
      last: expect.any(Date),
      leastViews: '1',
      mood: 'sad',
    });
    // What the types promise.
    const views: string | null = only!.views;
    const last: Date | null = only!.last;
    expect([typeof views, last instanceof Date, Object.isFrozen(only)]).toEqual(['string', true, true]);
  });

  it('has one group with no rows where there are none, and no group where they would be told apart', async () => {
    const conditions = [where<ArticleRow>({ title: { eq: 'none of these' } })];
    const select = { rows: count(), ranks: sum('rank'), day: max('day') };
    expect(await aggregate({ select, conditions })).toEqual([{ rows: 0, ranks: null, day: null }]);
    expect(await aggregate({ select, conditions, groupBy: ['rank'] })).toEqual([]);
  });

  it('takes NULL for a group of its own, and puts groups in the order of their columns', async () => {
    const groups = await test.database.execute(
      articles.aggregate(a, {
        groupBy: ['mood', 'rank'],
        select: { rows: count() },
      }),
    );
    const mood: 'glad' | 'sad' | null = groups[0]!.mood;
    expect([mood, ...groups]).toEqual([
      'glad',
      { mood: 'glad', rank: 1, rows: 1 },
      { mood: 'glad', rank: 2, rows: 1 },
      { mood: 'sad', rank: 1, rows: 1 },
      { mood: null, rank: 2, rows: 1 },
    ]);
  });

  it('gives the different values of a column where no figures are asked for', async () => {
    expect(await aggregate({ groupBy: ['isPinned'], select: {} })).toEqual([{ isPinned: false }, { isPinned: true }]);
  });

  it('asks groups for their columns and figures, and orders them so', async () => {
    const groups = await test.database.execute(
      articles.aggregate(a, {
        groupBy: ['rank', 'isPinned'],
        select: {
          rows: count(),
          'sum of "views"': sum('views'),
          first: min('createdAt'),
        },
        having: [
          { rows: { gte: 1 }, first: { isNull: false } },
          {
            or: [{ 'sum of "views"': { gt: '2' } }, { isPinned: { eq: true } }],
          },
        ],
        orders: [{ by: 'sum of "views"', dir: 'desc' }, { by: 'isPinned' }],
      }),
    );
    expect(groups.map(({ rank, isPinned, rows }) => [rank, isPinned, rows])).toEqual([
      [1, false, 1],
      [1, true, 1],
    ]);
  });

  it('tells names apart that are no part of the statement', async () => {
    expect(await aggregate({ select: { one: count() } })).toEqual([{ one: 4 }]);
    expect(await aggregate({ select: { other: count() } })).toEqual([{ other: 4 }]);
    expect(Object.keys((await aggregate<object[]>({ select: { ['__proto__']: count() } }))[0]!)).toEqual(['__proto__']);
  });

  it('refuses more groups than there may be, and cuts off only where that is asked for', async () => {
    const many = { groupBy: ['title'], select: { rows: count() } };
    await expect(aggregate({ ...many, maxGroups: 3 })).rejects.toMatchObject({
      reason: 'LIMIT_EXCEEDED',
      pointer: '/maxGroups',
    });
    expect(await aggregate({ ...many, maxGroups: 4 })).toHaveLength(4);
    expect(await aggregate({ ...many, first: 3 })).toHaveLength(3);
  });

  it('leaves out what is deleted unless it is asked for, and the other tenant always', async () => {
    const select = { rows: count(), views: max('views') };
    expect(await aggregate({ select }, { includeDeleted: true })).toMatchObject([{ rows: 5 }]);
    const byTenant = { groupBy: ['tenant'], select } as const;
    expect(await test.database.execute(articles.aggregate(b, byTenant))).toEqual([
      { tenant: 'b', rows: 1, views: '5' },
    ]);
    expect(await test.database.execute(articles.aggregate([a, b], byTenant))).toHaveLength(2);
    expect(await test.database.execute(articles.aggregate(all, byTenant))).toHaveLength(2);
    await expect(test.database.execute(articles.aggregate([] as never, byTenant))).rejects.toMatchObject({
      name: 'Misuse',
    });
  });

  it.each([
    [{ select: { no: sum('facts') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: sum('scores') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: avg('title') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: sum('mood') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: min('tags') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: max('facts') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: max('id') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: min('isPinned') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: countDistinct('facts') } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { 'n/o': sum('nothing') } }, 'UNKNOWN_FIELD', '/select/n~1o'],
    [{ select: { no: { aggregate: 'median', column: 'rank' } } }, 'UNKNOWN_OPERATOR', '/select/no'],
    [{ select: { no: { aggregate: 'sum', column: null } } }, 'UNKNOWN_FIELD', '/select/no'],
    [{ select: { no: 'count' } }, 'INVALID_VALUE', '/select/no'],
    [{ select: {} }, 'MISSING_VALUE', '/select'],
    [{ select: null }, 'INVALID_VALUE', '/select'],
    [{ groupBy: ['facts'], select: {} }, 'UNKNOWN_FIELD', '/groupBy/0'],
    [{ groupBy: ['rank', 'nothing'], select: {} }, 'UNKNOWN_FIELD', '/groupBy/1'],
    [{ groupBy: ['rank', 'rank'], select: {} }, 'INVALID_VALUE', '/groupBy/1'],
    [{ groupBy: 'rank', select: {} }, 'INVALID_VALUE', '/groupBy'],
    [{ groupBy: ['rank'], select: { rank: count() } }, 'INVALID_VALUE', '/select'],
    [{ select: { n: count() }, having: [{ rank: { eq: 1 } }] }, 'UNKNOWN_FIELD', '/having/0/rank'],
    [{ select: { n: count() }, having: [{ n: { eq: 'x' } }] }, 'INVALID_VALUE', '/having/0/n/eq'],
    [{ select: { n: count() }, orders: [{ by: 'rank' }] }, 'INVALID_ORDER', '/orders/0'],
    [{ select: { n: count() }, conditions: [{ n: { eq: 1 } }] }, 'UNKNOWN_FIELD', '/conditions/0/n'],
    [{ select: { n: count() }, maxGroups: 0 }, 'INVALID_PAGINATION', '/maxGroups'],
    [{ select: { n: count() }, maxGroups: 10_001 }, 'INVALID_PAGINATION', '/maxGroups'],
    [{ select: { n: count() }, first: 1.5 }, 'INVALID_PAGINATION', '/first'],
  ])('refuses %j', async (aggregation, reason, pointer) => {
    await expect(aggregate(aggregation as object)).rejects.toMatchObject({
      name: 'InvalidInput',
      reason,
      pointer,
    });
  });
});

describe('an aggregation of rows with relations', () => {
  it('asks for what is behind them as a search does', async () => {
    const test = await clubDatabase();
    try {
      const aggregation = {
        groupBy: ['teamId'],
        select: { rows: count(), age: max('age') },
        conditions: [{ team: { is: { name: { startsWith: 'R' } } } }],
      } as const;
      const execute: typeof test.database.execute = (spec) => test.database.execute(spec);
      expect(await execute(members.aggregate(membersOf('a'), aggregation))).toEqual([{ teamId: 1, rows: 2, age: 36 }]);
      expect(await execute(members.aggregate(everybody, aggregation))).toEqual([{ teamId: 1, rows: 3, age: 77 }]);
      const hidden = members.aggregate(membersOf('a'), {
        select: { n: count() },
        conditions: [
          where<Member>({
            team: { is: { members: { some: { skills: { some: {} } } } } },
          }),
        ],
      });
      await expect(execute(hidden)).rejects.toMatchObject({
        reason: 'UNKNOWN_FIELD',
      });
    } finally {
      await test.close();
    }
  });
});
