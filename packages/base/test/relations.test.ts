import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import {
  batchQuerier,
  type Cursor,
  order,
  orderExpression,
  type Page,
  type QueryCondition,
  type QueryOrder,
  type RelatedScope,
  type Scope,
  type SearchScope,
  searchScope,
  unscoped,
  where,
} from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations } from '../src/index.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

interface Team {
  id: number;
  tenant: string;
  name: string;
  members: Member[];
}

interface Member {
  id: number;
  tenant: string;
  name: string;
  age: number | null;
  teamId: number | null;
  bossId: number | null;
  deletedAt: Date | null;
  team: Team | null;
  boss: Member | null;
  staff: Member[];
  skills: Skill[];
}

interface Skill {
  id: number;
  tenant: string;
  name: string;
  members: Member[];
}

const id = { type: 'int', primary: true } as const;
const text = { type: 'text' } as const;
const Team = new EntitySchema<Team>({
  name: 'Team',
  columns: { id, tenant: text, name: text },
  relations: { members: { type: 'one-to-many', target: 'Member', inverseSide: 'team' } },
});
const Member = new EntitySchema<Member>({
  name: 'Member',
  columns: {
    id,
    tenant: text,
    name: text,
    age: { type: 'int', nullable: true },
    teamId: { type: 'int', nullable: true },
    bossId: { type: 'int', nullable: true },
    deletedAt: { type: 'timestamptz', deleteDate: true, nullable: true },
  },
  relations: {
    team: { type: 'many-to-one', target: 'Team', inverseSide: 'members', joinColumn: { name: 'teamId' } },
    boss: { type: 'many-to-one', target: 'Member', inverseSide: 'staff', joinColumn: { name: 'bossId' } },
    staff: { type: 'one-to-many', target: 'Member', inverseSide: 'boss' },
    skills: { type: 'many-to-many', target: 'Skill', inverseSide: 'members', joinTable: true },
  },
});
const Skill = new EntitySchema<Skill>({
  name: 'Skill',
  columns: { id, tenant: text, name: text },
  relations: { members: { type: 'many-to-many', target: 'Member', inverseSide: 'skills' } },
});

const toId = ({ id }: { id: number }): number => id;
const notFound = (id: number): EntityNotFound => new EntityNotFound('member', `There is no ${id}.`);
const alreadyExists = (): never => {
  throw new Error('not used');
};
const members = entityOperations<Member, number, number>({
  entity: Member,
  toData: toId,
  notFound,
  alreadyExists,
  softDelete: 'deletedAt',
});
const teams = entityOperations<Team, number, number>({ entity: Team, toData: toId, notFound, alreadyExists });
const skills = entityOperations<Skill, number, number>({ entity: Skill, toData: toId, notFound, alreadyExists });

const everybody = unscoped('a test');
const teamsOf = (tenant: string) =>
  searchScope<Team>({ name: 'tenant', equals: { tenant }, related: { members: 'owned' } });
const skillsOf = (tenant: string) => searchScope<Skill>({ name: 'tenant', equals: { tenant } });
const plainMembersOf = (tenant: string) =>
  searchScope<Member>({ name: 'tenant', equals: { tenant }, related: { team: teamsOf(tenant) } });
const membersOf = (tenant: string) =>
  searchScope<Member>({
    name: 'tenant',
    equals: { tenant },
    related: {
      team: teamsOf(tenant),
      skills: skillsOf(tenant),
      boss: plainMembersOf(tenant),
      staff: [plainMembersOf(tenant), plainMembersOf('nobody')],
    },
  });

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase([Team, Member, Skill]);
  // Member 5 is deleted; 6 to 8 are of another tenant, which has crept behind relations of the first one.
  await test.dataSource.query(`
    INSERT INTO team (id, tenant, name) VALUES (1, 'a', 'Reds'), (2, 'a', 'blues'), (9, 'b', 'Greens');
    INSERT INTO member (id, tenant, name, age, "teamId", "bossId", "deletedAt") VALUES
      (1, 'a', 'Ada', 36, 1, NULL, NULL), (2, 'a', 'bob', 20, 1, 1, NULL), (3, 'a', 'Cid', NULL, 2, 1, NULL),
      (4, 'a', 'dan', 50, NULL, 2, NULL), (5, 'a', 'Eve', 99, 2, 3, now()),
      (6, 'b', 'Fay', 77, 9, NULL, NULL), (7, 'b', 'Gus', 77, 1, 3, NULL), (8, 'a', 'Hal', 10, 9, 6, NULL);
    INSERT INTO skill (id, tenant, name) VALUES (1, 'a', 'sql'), (2, 'a', 'tea'), (3, 'b', 'spy');
    INSERT INTO member_skills_skill ("memberId", "skillId") VALUES (1, 1), (1, 2), (2, 2), (3, 3), (6, 3), (5, 1);
  `);
});

afterAll(() => test.close());

async function found(
  condition: QueryCondition<Member>,
  scope: Scope<Member> = membersOf('a'),
): Promise<readonly number[]> {
  const querier = batchQuerier<Member>({ conditions: [condition], pagination: { noPagination: true } });
  return (await test.database.execute(members.search(scope, querier))).items;
}

describe('a condition over a relation', () => {
  it.each<[string, QueryCondition<Member>, number[]]>([
    ['to one: what it is', { team: { is: { name: { eq: 'Reds' } } } }, [1, 2]],
    ['to one: whether it is there, for whoever may see it', { team: { exists: true } }, [1, 2, 3]],
    ['to one: that it is not there', { team: { exists: false } }, [4, 8]],
    ['to one: not what it is', { not: { team: { is: { name: { eq: 'Reds' } } } } }, [3, 4, 8]],
    ['to itself', { boss: { is: { name: { eq: 'Ada' } } } }, [2, 3]],
    ['over two steps', { boss: { is: { team: { is: { name: { eq: 'Reds' } } } } } }, [2, 3, 4]],
    ['some', { staff: { some: { age: { gte: 20 } } } }, [1, 2]],
    ['some at all', { staff: { some: {} } }, [1, 2]],
    ['none', { staff: { none: { age: { gte: 50 } } } }, [1, 3, 4, 8]],
    ['every, NULLs included', { staff: { every: { age: { lt: 50 } } } }, [3, 4, 8]],
    ['every, of nobody', { staff: { every: { or: [] } } }, [3, 4, 8]],
    ['many to many', { skills: { some: { name: { eq: 'tea' } } } }, [1, 2]],
    ['two of one relation', { skills: { some: { name: { eq: 'tea' } }, every: { name: { eq: 'tea' } } } }, [2]],
    ['with what cannot be', { skills: { some: { or: [] } } }, []],
    ['without what cannot be', { skills: { none: { or: [] } } }, [1, 2, 3, 4, 8]],
    ['in groups', { or: [{ skills: { some: { id: { eq: 1 } } } }, { not: { boss: { exists: true } } }] }, [1, 8]],
  ])('%s', async (_name, condition, ids) => {
    expect(await found(condition)).toEqual(ids);
  });

  it('does not see what is deleted or of another tenant behind it', async () => {
    // Eve is deleted, and Gus is of another tenant: to the first, Cid has no staff.
    expect(await found({ staff: { some: { name: { in: ['Eve', 'Gus'] } } } })).toEqual([]);
    expect(await found({ skills: { some: { name: { eq: 'spy' } } } })).toEqual([]);
    expect(await found({ team: { is: { name: { eq: 'Greens' } } } })).toEqual([]);
    expect(await found({ staff: { some: { name: { eq: 'Gus' } } } }, everybody)).toEqual([3]);
    expect(await found({ staff: { some: { name: { eq: 'Eve' } } } }, everybody)).toEqual([]);
  });

  it('is refused where the scope does not say what may be seen', async () => {
    const narrow = searchScope<Member>({ name: 'tenant', equals: { tenant: 'a' } });
    await expect(found({ team: { exists: true } }, narrow)).rejects.toThrow(Misuse);
    await expect(found({ team: { exists: true } }, [membersOf('a'), narrow])).rejects.toThrow(/behind team/);
    await expect(found({ boss: { is: { skills: { some: {} } } } })).rejects.toThrow(/behind skills/);
    await expect(found({ team: { is: { members: { some: { boss: { exists: true } } } } } })).rejects.toThrow(/owned/);
  });

  it('sees behind a row of a union what that row’s own scope lets be seen', async () => {
    // Cid is of the first tenant and knows how to spy, which is a skill of the second one.
    const spies = { skills: { some: { name: { eq: 'spy' } } } };
    expect(await found(spies, everybody)).toEqual([3, 6]);
    expect(await found(spies, [membersOf('a'), membersOf('b')])).toEqual([6]);
    const skilled = (skills: RelatedScope<Skill>) =>
      searchScope<Member>({ name: 'b', equals: { tenant: 'b' }, related: { skills } });
    for (const trusted of ['owned', unscoped('a test'), [skillsOf('a'), skillsOf('b')]] as const) {
      expect(await found(spies, [membersOf('a'), skilled(trusted)])).toEqual([6]);
      expect(await found(spies, [skilled(trusted), membersOf('a')])).toEqual([6]);
    }
    const deep = { boss: { is: { team: { is: { name: { eq: 'Greens' } } } } } };
    const all = searchScope<Member>({ name: 'b', equals: { tenant: 'b' }, related: { boss: everybody } });
    expect(await found(deep, everybody)).toEqual([8]);
    expect(await found(deep, [membersOf('a'), all])).toEqual([]);
    const byTeam = batchQuerier<Member>({ orders: [order<Member>('team.name')], pagination: { first: 9 } });
    const teamed = searchScope<Member>({ name: 'b', equals: { tenant: 'b' }, related: { team: everybody } });
    const { items } = await test.database.execute(members.search([membersOf('a'), teamed], byTeam));
    // Hal's team is of the other tenant, and so is like none for him.
    expect(items.slice(-2)).toEqual([4, 8]);
  });

  it('may lead in circles where the scopes name each other', async () => {
    const mine: SearchScope<Member> = searchScope<Member>({
      name: 'tenant',
      equals: { tenant: 'a' },
      related: () => ({ boss: mine, staff: mine, team: red }),
    });
    const red: SearchScope<Team> = searchScope<Team>({
      name: 'tenant',
      equals: { tenant: 'a' },
      related: () => ({ members: mine }),
    });
    const deep = {
      boss: { is: { boss: { is: { staff: { some: { team: { is: { members: { some: { id: { eq: 3 } } } } } } } } } } },
    };
    expect(await found(deep, mine)).toEqual([4]);
    expect(await found({ boss: { is: { name: { eq: 'Fay' } } } }, mine)).toEqual([]);
    expect(await found({ boss: { is: { name: { eq: 'Fay' } } } }, everybody)).toEqual([8]);
  });

  it.each<[QueryCondition<Member>, string, string]>([
    [{ team: {} }, 'MISSING_VALUE', '/conditions/0/team'],
    [{ team: { is: undefined } } as never, 'MISSING_VALUE', '/conditions/0/team/is'],
    [{ team: { exists: 'yes' } } as never, 'INVALID_VALUE', '/conditions/0/team/exists'],
    [{ team: { some: {} } } as never, 'UNKNOWN_OPERATOR', '/conditions/0/team/some'],
    [{ staff: { is: {} } } as never, 'UNKNOWN_OPERATOR', '/conditions/0/staff/is'],
    [{ staff: { some: { nme: { eq: 'x' } } } } as never, 'UNKNOWN_FIELD', '/conditions/0/staff/some/nme'],
    [{ staff: { constructor: {} } } as never, 'UNKNOWN_OPERATOR', '/conditions/0/staff/constructor'],
  ])('%j is refused, with its place', async (condition, reason, pointer) => {
    await expect(found(condition)).rejects.toMatchObject({ reason, pointer });
  });

  it('is deep at most as far as other groups', async () => {
    let deep: QueryCondition<Member> = { id: { eq: 1 } };
    for (let i = 0; i < 9; i++) deep = { boss: { is: deep } };
    await expect(found(deep, everybody)).rejects.toMatchObject({ reason: 'LIMIT_EXCEEDED' });
  });

  it('narrows writes and counts like searches', async () => {
    const condition = where<Member>({ team: { is: { name: { eq: 'blues' } } } });
    expect(await test.database.execute(members.count(membersOf('a'), condition))).toBe(1);
    const updated = await test.database.execute(
      members.batchUpdate(membersOf('a'), condition, { changes: { name: 'Cid' } }),
    );
    expect(updated.count).toBe(1);
    for (const empty of [
      { not: { staff: { some: { name: { iin: [] } } } } },
      { staff: { every: { team: { is: { name: { contains: '' } } } } } },
      { not: { skills: { some: { or: [] } } } },
      { staff: { every: {} } },
    ]) {
      const update = members.batchUpdate(membersOf('a'), empty, { changes: { name: 'Cid' } });
      await expect(test.database.execute(update)).rejects.toMatchObject({ reason: 'MISSING_VALUE' });
    }
    const mine = searchScope<Member>({ name: 'reds', where: { team: { is: { name: { eq: 'Reds' } } } } });
    expect(await found({}, mine)).toEqual([1, 2, 7]);
    expect(await test.database.execute(members.find(mine, 3))).toBeNull();
  });

  it('is read from the other side of each relation', async () => {
    const all = { pagination: { noPagination: true } } as const;
    const red = batchQuerier<Team>({ ...all, conditions: [{ members: { some: { name: { eq: 'bob' } } } }] });
    expect((await test.database.execute(teams.search(teamsOf('a'), red))).items).toEqual([1]);
    const known = batchQuerier<Skill>({ ...all, conditions: [{ members: { some: { name: { eq: 'bob' } } } }] });
    expect((await test.database.execute(skills.search(everybody, known))).items).toEqual([2]);
  });
});

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
    await expect(search('team.name', searchScope<Member>({ name: 't', equals: { tenant: 'a' } }))).rejects.toThrow(
      Misuse,
    );
  });
});

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
    await expect(search({ first: -1 }, [])).rejects.toMatchObject({ reason: 'INVALID_PAGINATION' });
  });
});
