import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchQuerier, order, orderExpression, where } from '@holdfast/querier';
import { clubDatabase, everybody, type Member, members, membersOf } from './fixture/club.js';
import type { TestDatabase } from './fixture/test-database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await clubDatabase();
});

afterAll(() => test.close());

describe('pages per parent', () => {
  it('are those of a search for each, with flags, totals and cursors that go on', async () => {
    const querier = batchQuerier<Member>({
      conditions: [{ id: { gte: 1 } }],
      orders: [order<Member>(orderExpression<Member>({ sql: 'lower({name})', type: 'text' }), { ascending: false })],
      pagination: { first: 1 },
      total: { atMost: 5 },
    });
    const parents = { by: 'teamId', parents: [2, 77, 1, 9, 1] } as const;
    const pages = await test.database.execute(members.pagesPerParent(membersOf('a'), parents, querier));
    expect([...pages.keys()]).toEqual([2, 77, 1, 9]);
    expect(pages.get(77)).toMatchObject({ items: [], total: { value: 0 }, hasNextPage: false, endCursor: null });
    for (const [teamId, page] of pages) {
      const conditions = [...querier.conditions, where<Member>({ teamId: { eq: teamId } })];
      const alone = await test.database.execute(members.search(membersOf('a'), { ...querier, conditions }));
      expect(JSON.stringify(page)).toEqual(JSON.stringify(alone));
    }
    const red = { ...querier, conditions: [...querier.conditions, where<Member>({ teamId: { eq: 1 } })] };
    const rest = { ...red, pagination: { first: 5, after: pages.get(1)!.endCursor } };
    expect(pages.get(1)).toMatchObject({ items: [2], hasNextPage: true, total: { value: 2, exact: true } });
    expect((await test.database.execute(members.search(membersOf('a'), rest))).items).toEqual([1]);
  });

  it('are turned round where they are the last', async () => {
    const querier = batchQuerier<Member>({ pagination: { last: 2 } });
    const parents = { by: 'teamId', parents: [1, 2] } as const;
    const pages = await test.database.execute(members.pagesPerParent(everybody, parents, querier));
    expect(pages.get(1)).toMatchObject({ items: [2, 7], hasPreviousPage: true });
  });

  it('of nobody are none, and a cursor is refused', async () => {
    const search = (pagination: object, parents: number[]): Promise<ReadonlyMap<number, unknown>> =>
      test.database.execute(
        members.pagesPerParent(
          everybody,
          { by: 'teamId', parents },
          batchQuerier<Member>({ pagination: pagination as never }),
        ),
      );
    expect((await search({ first: 1 }, [])).size).toBe(0);
    await expect(search({ first: 1, after: 'x' }, [1])).rejects.toMatchObject({ reason: 'INVALID_PAGINATION' });
    for (const none of ['12', null, undefined, new Set([1])]) {
      await expect(search({ first: 1 }, none as never)).rejects.toMatchObject({ pointer: '/parents' });
    }
    await expect(search({ first: 1 }, [1, 'x' as never])).rejects.toMatchObject({ pointer: '/parents/1' });
    await expect(search({ first: -1 }, [])).rejects.toMatchObject({ reason: 'INVALID_PAGINATION' });
  });
});
