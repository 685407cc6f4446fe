import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  batchQuerier,
  order,
  type QueryCondition,
  type RelatedScope,
  type Scope,
  type SearchScope,
  searchScope,
  unscoped,
  where,
} from '@holdfast/querier';
import {
  clubDatabase,
  everybody,
  type Member,
  members,
  membersOf,
  type Skill,
  skills,
  skillsOf,
  type Team,
  teams,
  teamsOf,
} from './fixture/club.js';
import type { TestDatabase } from './fixture/test-database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await clubDatabase();
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
    await expect(found({ team: { exists: true } }, narrow)).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
      pointer: '/conditions/0/team/exists',
    });
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

  it('narrows scopes, which are refused where every row may meet them', async () => {
    const empty: QueryCondition<Member>[] = [
      { name: { contains: '' } },
      { teamId: { notIn: [] } },
      { not: { name: { iin: [] } } },
      { staff: { none: { name: { startsWith: '' } } } },
    ];
    for (const where of empty) {
      const scope = searchScope<Member>({ name: 'wide', where });
      await expect(found({}, scope)).rejects.toThrow('The scope wide has conditions that every row may meet.');
    }
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
