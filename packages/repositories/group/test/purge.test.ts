import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  groupConflictChecks,
  GroupHasActiveKernels,
  GroupHasActiveSessions,
  GroupHasSessions,
  type GroupInfo,
  GroupMemberHasActiveSessions,
  GroupRepositories,
  type GroupRepository,
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
  for (const { id } of [group, other]) await test.plain.assignUsers(inNorth, id, users(1, 2));
});

const addKernel = ({ id }: GroupInfo, status: string) =>
  test.dataSource.query('INSERT INTO kernels VALUES ($1, $2)', [id, status]);

describe('the purge of a group', () => {
  it('removes its memberships, and no others', async () => {
    await test.repository.delete(inNorth, group.id);
    expect(await test.members()).toHaveLength(4);

    await test.repository.purge(inNorth, group.id);

    expect(await test.members()).toEqual([
      [other.id, user(1)],
      [other.id, user(2)],
    ]);
  });

  it.each([
    ['kernels', () => addKernel(group, 'RUNNING'), GroupHasActiveKernels],
    ['sessions', () => test.addSession(group.id, user(9), 'PENDING'), GroupHasActiveSessions],
  ])('is refused while it has active %s', async (_name, add, error) => {
    await add();

    const failure: unknown = await test.repository.purge(inNorth, group.id).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(error);
    expect(failure).toMatchObject({ code: 'group_purge_conflict', httpStatus: 409 });
    await expect(test.repository.batchPurge(inNorth, [other.id, group.id])).rejects.toBeInstanceOf(error);
    expect(await test.members()).toHaveLength(4);
  });

  it('is refused for sessions that are over, too, where the application says so', async () => {
    const conflictChecks = groupConflictChecks({ sessions: { table: 'sessions', column: 'group_id' } });
    const { repository } = GroupRepositories.create({ database: test.database, conflictChecks });
    await test.addSession(group.id, user(9), 'TERMINATED');

    const failure: unknown = await repository.purge(inNorth, group.id).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(GroupHasSessions);
    expect(failure).toMatchObject({ code: 'group_purge_conflict', httpStatus: 409 });
    await expect(repository.purge(inNorth, other.id)).resolves.toEqual(other);
  });

  it('tells of kernels before sessions, and does not mind what is over or belongs to others', async () => {
    await Promise.all([addKernel(group, 'TERMINATED'), addKernel(other, 'RUNNING')]);
    await test.addSession(group.id, user(1), 'TERMINATED');
    await test.addSession(other.id, user(1), 'RUNNING');

    await expect(test.repository.purge(inNorth, other.id)).rejects.toBeInstanceOf(GroupHasActiveKernels);
    await expect(test.repository.purge(inNorth, group.id)).resolves.toEqual(group);
  });

  it.each([
    ['purge', (groups: GroupRepository) => groups.purge(inNorth, group.id)],
    ['batchPurge', (groups: GroupRepository) => groups.batchPurge(inNorth, [other.id, group.id])],
    [
      'purge within a dbSession',
      (groups: GroupRepository) =>
        test.database.beginSession((dbSession) => groups.within(dbSession).purge(inNorth, group.id)),
    ],
  ])('by %s removes no member whom a check of members keeps', async (_name, purge) => {
    const sessions = { table: 'sessions', groupColumn: 'group_id', userColumn: 'user_uuid' };
    const memberConflictChecks = [noActiveSessions({ ...sessions, whose: { column: 'status', in: ['RUNNING'] } })];
    const { repository } = GroupRepositories.create({ database: test.database, memberConflictChecks });
    await test.addSession(group.id, user(2));

    const failure: unknown = await purge(repository).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(GroupMemberHasActiveSessions);
    expect(failure).toMatchObject({ code: 'group-member_purge_conflict', httpStatus: 409, userUuid: null });
    expect(await test.members()).toHaveLength(4);

    await test.dataSource.query(`UPDATE sessions SET status = 'TERMINATED'`);
    await purge(repository);
    expect(await test.plain.find(inNorth, group.id)).toBeNull();
  });
});
