import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationKeyReused, operationKey } from '@holdfast/base';
import type { ProjectId } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { gate, raced, untilWaiting } from '@holdfast/testing';
import {
  GroupHasActiveSessions,
  type GroupInfo,
  GroupMemberHasActiveSessions,
  GroupMemberNotFound,
  GroupNotFound,
  GroupRepositories,
  noActiveSessions,
} from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { inNorth, spec, user, users } from './fixture/groups.js';

let test: GroupDatabase;
let group: GroupInfo;
let other: GroupInfo;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  [group, other] = (await test.plain.bulkCreate(inNorth, [spec(), spec()])) as [GroupInfo, GroupInfo];
  for (const { id } of [group, other]) await test.plain.assignUsers(inNorth, id, users(1, 2, 3));
});

/** What a scheduler does: a session is stored only for a member, who stays one until it is. */
const start = (id: ProjectId, n = 1, then = async () => {}) =>
  test.database.beginSession(async (dbSession) => {
    await test.repository.within(dbSession).requireMember(inNorth, id, user(n), { lock: 'share' });
    await dbSession.sql`INSERT INTO sessions VALUES (${id}, ${user(n)}, 'PENDING')`;
    await then();
  });

describe('unassignUsers', () => {
  it('takes users out of the group, and of no other, and says of each what became of it', async () => {
    const result = await test.repository.unassignUsers(inNorth, group.id, users(3, 7, 1, 3));

    expect(result).toEqual({ removed: users(3, 1), notMembers: users(7), failures: [] });
    expect([result, result.removed, result.notMembers, result.failures].every(Object.isFrozen)).toBe(true);
    expect(await test.members()).toEqual([
      [other.id, user(1)],
      ...[group.id, other.id].sort().map((id) => [id, user(2)]),
      [other.id, user(3)],
    ]);
  });

  it('keeps those who have active sessions in the group, and nobody else for it', async () => {
    await test.addSession(group.id, user(1));
    await test.addSession(group.id, user(2), 'TERMINATED');
    await test.addSession(other.id, user(3));

    const result = await test.repository.unassignUsers(inNorth, group.id, users(3, 1, 2));

    expect(result).toEqual({
      removed: users(3, 2),
      notMembers: [],
      failures: [{ index: 1, spec: user(1), error: expect.any(GroupMemberHasActiveSessions) }],
    });
    expect(result.failures[0]!.error).toMatchObject({ code: 'group-member_purge_conflict', userUuid: user(1) });
    expect(await test.repository.isMember(inNorth, group.id, user(1))).toBe(true);
  });

  it('is bound to the group and the users by an operation key', async () => {
    const options = { operationKey: operationKey('request-1') };
    await test.repository.unassignUsers(inNorth, group.id, users(1), options);

    await expect(test.repository.unassignUsers(inNorth, group.id, users(2), options)).rejects.toBeInstanceOf(
      OperationKeyReused,
    );
    expect(await test.repository.isMember(inNorth, group.id, user(2))).toBe(true);
  });

  it('is refused where it could not see what others have just committed', async () => {
    const unassign = (repository = test.repository) =>
      test.database.beginSession(
        (dbSession) => repository.within(dbSession).unassignUsers(inNorth, group.id, users(1)),
        {
          isolation: 'repeatable read',
        },
      );

    await expect(unassign()).rejects.toThrow(/read committed/);
    // Without checks there is nothing to see.
    await expect(unassign(test.plain)).resolves.toMatchObject({ removed: users(1) });
  });

  it('refuses a check that checks nothing', async () => {
    const check = noActiveSessions({
      table: 'sessions',
      groupColumn: 'group_id',
      userColumn: 'user_uuid',
      whose: { column: 'status', in: [] },
    });
    const { repository } = GroupRepositories.create({ database: test.database, memberConflictChecks: [check] });

    await expect(repository.unassignUsers(inNorth, group.id, users(1))).rejects.toBeInstanceOf(Misuse);
  });
});

describe('a member who is removed while a session starts', () => {
  it('either stays, and has the session, or is gone, and has none', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 60; round++) {
      const { id } = await test.plain.create(inNorth, spec());
      await test.plain.assignUsers(inNorth, id, users(1));

      const [started, removed] = await raced(round, [
        () => start(id),
        () => test.repository.unassignUsers(inNorth, id, users(1)),
      ]);

      const sessions = await test.dataSource.query<object[]>('SELECT FROM sessions WHERE group_id = $1', [id]);
      const isMember = await test.plain.isMember(inNorth, id, user(1));
      if (removed.status === 'rejected') throw removed.reason;
      if (started.status === 'fulfilled') {
        expect(removed.value.failures).toMatchObject([{ error: expect.any(GroupMemberHasActiveSessions) }]);
        expect([sessions.length, isMember]).toEqual([1, true]);
      } else {
        expect(started.reason).toBeInstanceOf(GroupMemberNotFound);
        expect(removed.value.removed).toEqual(users(1));
        expect([sessions.length, isMember]).toEqual([0, false]);
      }
      seen.add(started.status);
    }
    expect([...seen].sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('and comes back meanwhile, is never gone with a session either', async () => {
    for (let round = 0; round < 50; round++) {
      const { id } = await test.plain.create(inNorth, spec());
      await test.plain.assignUsers(inNorth, id, users(1));

      await Promise.allSettled([
        test.repository.unassignUsers(inNorth, id, users(1)),
        test.plain.assignUsers(inNorth, id, users(1)),
        start(id),
        test.repository.unassignUsers(inNorth, id, users(1)),
      ]);

      const orphans = `SELECT FROM sessions s WHERE group_id = $1 AND NOT EXISTS
        (SELECT FROM group_members m WHERE m.group_id = s.group_id AND m.user_uuid = s.user_uuid)`;
      expect(await test.dataSource.query(orphans, [id])).toEqual([]);
    }
  });
});

describe('a user who becomes a member while others are removed', () => {
  it('stays, and so does the session that starts at once', async () => {
    const { id } = await test.plain.create(inNorth, spec());
    await test.plain.assignUsers(inNorth, id, users(1));
    const [locked, letGo, stored, end] = [gate(), gate(), gate(), gate()] as const;
    const holding = test.database.beginSession(async (dbSession) => {
      await test.plain.within(dbSession).requireMember(inNorth, id, user(1), { lock: 'share' });
      locked.open();
      await letGo.opened;
    });
    await locked.opened;
    // It has looked who is a member, and waits for the first.
    const removing = test.repository.unassignUsers(inNorth, id, users(1, 2));
    await untilWaiting(test.dataSource, removing);

    await test.plain.assignUsers(inNorth, id, users(2));
    const starting = start(id, 2, async () => {
      stored.open();
      await end.opened;
    });
    await stored.opened;
    letGo.open();
    await holding;
    await untilWaiting(test.dataSource, removing);
    end.open();
    await starting;

    expect(await removing).toEqual({ removed: users(1), notMembers: users(2), failures: [] });
    expect(await test.plain.isMember(inNorth, id, user(2))).toBe(true);
  });
});

describe('a group that is purged while a session starts', () => {
  it('either stays, and has the session, or is gone, and has none', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 50; round++) {
      const { id } = await test.plain.create(inNorth, spec());
      await test.plain.assignUsers(inNorth, id, users(1));

      const [started, purged] = await raced(round, [() => start(id), () => test.repository.purge(inNorth, id)]);

      expect([started.status, purged.status].sort()).toEqual(['fulfilled', 'rejected']);
      if (started.status === 'rejected') expect(started.reason).toBeInstanceOf(GroupNotFound);
      if (purged.status === 'rejected') expect(purged.reason).toBeInstanceOf(GroupHasActiveSessions);
      const orphans = 'SELECT FROM sessions WHERE group_id NOT IN (SELECT id FROM groups)';
      expect(await test.dataSource.query(orphans)).toEqual([]);
      seen.add(started.status);
    }
    expect([...seen].sort()).toEqual(['fulfilled', 'rejected']);
  });
});
