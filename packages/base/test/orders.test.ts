import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batchQuerier,
  type BatchQuerierArgs,
  type Cursor,
  order,
  orderExpression,
  type Page,
  type QueryOrder,
  type RelatedScope,
  type Scope,
  searchScope,
} from '@holdfast/querier';
import { clubDatabase, everybody, type Member, members, membersOf, type Team, teams, teamsOf } from './fixture/club.js';
import type { TestDatabase } from './fixture/test-database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await clubDatabase();
});

afterAll(() => test.close());

describe('an order', () => {
  const lower = orderExpression<Member>({ sql: 'lower({name})', type: 'text', nullable: false });
  const double = orderExpression<Member>({ sql: '{age} * 2', type: 'int' });
  const cases: [string, QueryOrder<Member>[], number[]][] = [
    ['by an expression', [order<Member>(lower)], [1, 2, 3, 4, 8]],
    [
      'by an expression that may be NULL',
      [order<Member>(double, { ascending: false, nulls: 'last' })],
      [4, 1, 2, 8, 3],
    ],
    ['by a column behind a relation', [order<Member>('team.name', { nulls: 'first' })], [4, 8, 1, 2, 3]],
    [
      'by its own, then over a relation',
      [order<Member>('tenant'), order<Member>('team.name', { ascending: false })],
      [8, 4, 3, 2, 1],
    ],
    [
      'over two relations, then its own',
      [order<Member>('boss.team.name'), order<Member>('id', { ascending: false })],
      [4, 3, 2, 8, 1],
    ],
    [
      'of mixed directions and few ties',
      [order<Member>('tenant', { fewTies: true }), order<Member>(lower, { ascending: false })],
      [8, 4, 3, 2, 1],
    ],
  ];

  it.each(cases)('%s is walked forward and backward, at any size of page', async (_name, orders, ids) => {
    for (const size of [1, 2, 3, 7]) {
      for (const backward of [false, true]) {
        const seen: number[] = [];
        let cursor: Cursor | null = null;
        for (let pages = 0; pages < 10; pages++) {
          const pagination = backward ? { last: size, before: cursor } : { first: size, after: cursor };
          const querier = batchQuerier<Member>({ orders, pagination, total: 'exact', measureBoth: true });
          const page: Page<number> = await test.database.execute(members.search(membersOf('a'), querier));
          expect(page.total).toEqual({ value: 5, exact: true });
          const before = backward ? page.hasNextPage : page.hasPreviousPage;
          expect(before).toBe(seen.length > 0);
          if (backward) seen.unshift(...page.items);
          else seen.push(...page.items);
          cursor = backward ? page.startCursor : page.endCursor;
          if (!(backward ? page.hasPreviousPage : page.hasNextPage)) break;
        }
        expect(seen).toEqual(ids);
      }
    }
  });

  it('tells of rows before an offset only where there are some, if that is measured', async () => {
    const search = async (offset: number, measureBoth: boolean): Promise<boolean> => {
      const querier = batchQuerier<Member>({ pagination: { limit: 2, offset }, measureBoth });
      return (await test.database.execute(members.search(membersOf('nobody'), querier))).hasPreviousPage;
    };
    expect([await search(0, true), await search(5, true), await search(5, false)]).toEqual([false, false, true]);
    const beyond = batchQuerier<Member>({ pagination: { limit: 2, offset: 50 }, measureBoth: true });
    expect(await test.database.execute(members.search(membersOf('a'), beyond))).toMatchObject({
      hasPreviousPage: true,
    });
  });

  it('over a relation is refused where it leads nowhere, to many, or where the scope says nothing', async () => {
    const search = (by: string, scope: Scope<Member> = membersOf('a')): Promise<unknown> =>
      test.database.execute(
        members.search(scope, batchQuerier<Member>({ orders: [{ by: by as 'name' }], pagination: { first: 1 } })),
      );
    for (const by of ['team', 'team.', '.name', 'team.nme', 'staff.name', 'team.members.name', 'a.b', 'name.name']) {
      await expect(search(by)).rejects.toMatchObject({ reason: 'INVALID_ORDER', pointer: '/orders/0' });
    }
    await expect(
      search('team.name', searchScope<Member>({ name: 't', equals: { tenant: 'a' } })),
    ).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: '/orders/0' });
  });

  it('over a relation binds its cursors to what may be seen there', async () => {
    const seeing = (team: RelatedScope<Team>) =>
      searchScope<Member>({ name: 'tenant', equals: { tenant: 'a' }, related: { team } });
    const orders = [order<Member>('team.name')];
    const search = (scope: Scope<Member>, args: Partial<BatchQuerierArgs<Member>>): Promise<Page<number>> =>
      test.database.execute(members.search(scope, batchQuerier<Member>({ orders, pagination: { first: 1 }, ...args })));
    const { endCursor: after } = await search(seeing(teamsOf('a')), {});

    await expect(search(seeing(teamsOf('b')), { pagination: { first: 1, after } })).rejects.toMatchObject({
      reason: 'INVALID_CURSOR',
    });
    await expect(search(seeing(everybody), { pagination: { first: 1, after } })).rejects.toMatchObject({
      reason: 'INVALID_CURSOR',
    });
    const loose = { bindConditions: false } as const;
    const { endCursor } = await search(seeing(teamsOf('a')), loose);
    const pagination = { first: 9, after: endCursor };
    const narrowed = await search(seeing(teamsOf('a')), {
      ...loose,
      conditions: [{ age: { gte: 1 }, name: { ne: 'Hal' } }],
      pagination,
    });
    expect(narrowed.items).toEqual([2, 4]);
  });

  it('by an expression is that of the type it is declared with', async () => {
    await test.dataSource.query(`CREATE EXTENSION IF NOT EXISTS citext; ALTER TABLE team ALTER name TYPE citext`);
    await test.dataSource.query(
      `INSERT INTO team (id, tenant, name) SELECT 100 + n, 'c', (ARRAY['a','A','b','B'])[n] FROM generate_series(1, 4) n`,
    );
    const orders = [order<Team>(orderExpression<Team>({ sql: '{name}', type: 'text' }))];
    const seen: number[] = [];
    let after: Cursor | null = null;
    for (let pages = 0; pages < 6; pages++) {
      const querier = batchQuerier<Team>({ orders, pagination: { first: 1, after } });
      const page: Page<number> = await test.database.execute(teams.search(teamsOf('c'), querier));
      seen.push(...page.items);
      after = page.endCursor;
      if (!page.hasNextPage) break;
    }
    expect([...seen].sort((one, other) => one - other)).toEqual([101, 102, 103, 104]);
    await test.dataSource.query(`DELETE FROM team WHERE tenant = 'c'; ALTER TABLE team ALTER name TYPE text`);
  });
});
