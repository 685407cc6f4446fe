import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LockNotAvailable } from '@holdfast/base';
import { domainName, type ProjectId } from '@holdfast/domain-types';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import { batchQuerier, existenceCheck, searchScope } from '@holdfast/querier';
import {
  domainScope,
  groupMemberFields,
  GroupMemberNotFound,
  GroupMemberOrders,
  type GroupMemberRow,
  type GroupInfo,
  GroupNotFound,
  GroupRow,
  userScope,
} from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { everybody, inNorth, inSouth, nobody, north, spec, user, users } from './fixture/groups.js';

let test: GroupDatabase;
let group: GroupInfo;
let foreign: GroupInfo;
let deleted: GroupInfo;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  group = await test.plain.create(inNorth, spec());
  foreign = await test.plain.create(inSouth, spec());
  deleted = await test.plain.create(inNorth, spec());
  for (const { id } of [group, foreign, deleted]) await test.plain.assignUsers(everybody, id, users(1, 2, 3));
  await test.plain.delete(inNorth, deleted.id);
});

const all = batchQuerier<GroupMemberRow>({ pagination: { noPagination: true } });

describe('isMember and requireMember', () => {
  it('tell who is a member, for everybody who may see the group', async () => {
    for (const scope of [inNorth, userScope(user(3)), [inSouth, inNorth], everybody] as const) {
      expect(await test.plain.isMember(scope, group.id, user(1))).toBe(true);
      expect(await test.plain.isMember(scope, group.id, user(4))).toBe(false);
      expect(await test.plain.requireMember(scope, group.id, user(1))).toEqual({
        groupId: group.id,
        userUuid: user(1),
        createdAt: expect.any(Date),
      });
      const failure: unknown = await test.plain.requireMember(scope, group.id, user(4)).catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(GroupMemberNotFound);
      expect(failure).toMatchObject({ code: 'group-member_read_not-found', groupId: group.id, userUuid: user(4) });
    }
  });

  it('find no group that is outside of the scope, deleted or not there, whatever is asked of it', async () => {
    for (const [scope, { id }] of [
      [inNorth, foreign],
      [userScope(user(4)), group],
      [everybody, deleted],
      [everybody, { id: nobody }],
    ] as const) {
      const within = test.database.beginSession((dbSession) =>
        test.plain.within(dbSession).requireMember(scope, id, user(1), { lock: 'share' }),
      );
      for (const asked of [
        test.plain.isMember(scope, id, user(1)),
        test.plain.requireMember(scope, id, user(1)),
        within,
        test.plain.listMembers(scope, id, all),
        test.plain.assignUsers(scope, id, users(5)),
        test.plain.unassignUsers(scope, id, users(1)),
      ]) {
        const failure: unknown = await asked.catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(GroupNotFound);
        expect(failure).toMatchObject({ group: id });
      }
    }
    expect(await test.members()).toHaveLength(9);
  });

  it('do so in a union of any number of scopes, and in one that asks for something first', async () => {
    const many = [inNorth, ...Array.from({ length: 300 }, (_, n) => domainScope(domainName(`domain-${n}`)))] as const;
    const checked = (id: ProjectId) =>
      searchScope<GroupRow>({
        name: 'checked',
        equals: { domainName: north },
        existenceChecks: [existenceCheck<GroupRow>(GroupRow, { id: { eq: id } }, () => new EntityNotFound('domain'))],
      });

    for (const scope of [many, checked(group.id)]) {
      expect(await test.plain.isMember(scope, group.id, user(1))).toBe(true);
      expect((await test.plain.listMembers(scope, group.id, all)).items).toHaveLength(3);
    }
    await expect(test.plain.isMember(checked(nobody), group.id, user(1))).rejects.toMatchObject({ entity: 'domain' });
  });

  it('know the members of a deleted group for who asks for that', async () => {
    const options = { includeDeleted: true };

    expect(await test.plain.isMember(inNorth, deleted.id, user(1), options)).toBe(true);
    expect((await test.plain.listMembers(inNorth, deleted.id, all, options)).items).toHaveLength(3);
  });

  it('refuse what is no scope', async () => {
    await expect(test.plain.isMember([] as never, group.id, user(1))).rejects.toBeInstanceOf(Misuse);
    await expect(test.plain.isMember(undefined as never, group.id, user(1))).rejects.toBeInstanceOf(Misuse);
  });
});

describe('requireMember with a lock', () => {
  it('keeps member and group as they are until the dbSession ends, and lets others do the same', async () => {
    await test.database.beginSession(async (dbSession) => {
      await test.plain.within(dbSession).requireMember(inNorth, group.id, user(1), { lock: 'share' });
      const meanwhile = (lock: 'share' | 'update', who: number) =>
        test.database.beginSession(
          (other) => test.plain.within(other).requireMember(inNorth, group.id, user(who), { lock, noWait: true }),
          { separate: true },
        );

      await expect(meanwhile('share', 1)).resolves.toMatchObject({ userUuid: user(1) });
      await expect(meanwhile('update', 1)).rejects.toBeInstanceOf(LockNotAvailable);
      const rows = 'SELECT FROM group_members WHERE user_uuid = $1 AND group_id = $2 FOR UPDATE NOWAIT';
      await expect(test.dataSource.query(rows, [user(1), group.id])).rejects.toThrow(/could not obtain lock/);
      await expect(test.dataSource.query(rows, [user(2), group.id])).resolves.toHaveLength(1);
      const groups = 'SELECT FROM groups WHERE id = $1 FOR UPDATE NOWAIT';
      await expect(test.dataSource.query(groups, [group.id])).rejects.toThrow(/could not obtain lock/);
      await expect(test.dataSource.query(groups, [foreign.id])).resolves.toHaveLength(1);
    });
  });

  it('finds no deleted group either, whatever it is told, as without a lock', async () => {
    const options = { includeDeleted: true } as const;
    const locked = test.database.beginSession((dbSession) =>
      test.plain.within(dbSession).requireMember(inNorth, deleted.id, user(1), { ...options, lock: 'share' }),
    );

    await expect(test.plain.requireMember(inNorth, deleted.id, user(1), options)).rejects.toBeInstanceOf(GroupNotFound);
    await expect(locked).rejects.toBeInstanceOf(GroupNotFound);
  });

  it('is refused outside of a dbSession, where it would lock nothing', async () => {
    await expect(test.plain.requireMember(inNorth, group.id, user(1), { lock: 'share' })).rejects.toBeInstanceOf(
      Misuse,
    );
  });
});

describe('listMembers', () => {
  it('shows the members of the group, page by page, and counts no others', async () => {
    const orders = [GroupMemberOrders.userUuid({ ascending: false })];
    const page = (after?: string | null) =>
      test.plain.listMembers(
        userScope(user(2)),
        group.id,
        batchQuerier<GroupMemberRow>({
          orders,
          pagination: after === undefined ? { first: 2 } : { first: 2, after: after as never },
          total: 'exact',
        }),
      );

    const first = await page();
    const rest = await page(first.endCursor);

    expect([...first.items, ...rest.items].map(({ userUuid }) => userUuid)).toEqual(users(3, 2, 1));
    expect([first.hasNextPage, rest.hasNextPage]).toEqual([true, false]);
    expect(first.total).toEqual({ value: 3, exact: true });
    expect(first.items.every((item) => Object.isFrozen(item) && item.groupId === group.id)).toBe(true);
  });

  it('answers requests', async () => {
    const parameters = new URLSearchParams(`filter[userUuid][in]=${user(2)}&order=-createdAt&limit=5&offset=0`);

    const { items } = await test.plain.listMembers(inNorth, group.id, groupMemberFields.parseSearch(parameters));

    expect(items.map(({ userUuid }) => userUuid)).toEqual(users(2));
    expect(() => groupMemberFields.parseSearch(new URLSearchParams('filter[groupId][eq]=x'))).toThrow(
      expect.objectContaining({ httpStatus: 400 }),
    );
  });
});
