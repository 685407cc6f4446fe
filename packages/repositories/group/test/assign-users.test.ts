import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationAlreadyDone, operationKey, OperationKeyReused } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import fc from 'fast-check';
import { AssignedUserNotFound, type GroupInfo, GroupRepositories } from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { inNorth, inSouth, north, south, spec, user, users } from './fixture/groups.js';

let test: GroupDatabase;
let group: GroupInfo;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  group = await test.plain.create(inNorth, spec());
});

const memberNumbers = async (): Promise<readonly number[]> =>
  (await test.members()).map(([, userUuid]) => Number(userUuid.slice(-12)));

describe('assignUsers', () => {
  it('makes users members, and says of each what became of it, in the order given', async () => {
    await test.plain.assignUsers(inNorth, group.id, users(4, 2));

    const result = await test.plain.assignUsers(inNorth, group.id, users(5, 4, 1, 5, 2));

    expect(result).toEqual({ assigned: users(5, 1), alreadyMembers: users(4, 2), failures: [] });
    expect([result, result.assigned, result.alreadyMembers, result.failures].every(Object.isFrozen)).toBe(true);
    expect(await memberNumbers()).toEqual([1, 2, 4, 5]);
  });

  it('refuses those who are not there, deleted or of another domain, and nobody else for it', async () => {
    await test.addUsers(users(1, 2, 3), north);
    await test.addUsers(users(4), south);
    await test.dataSource.query('UPDATE users SET deleted_at = now() WHERE uuid = $1', [user(2)]);

    const result = await test.repository.assignUsers(inNorth, group.id, users(9, 1, 2, 4, 3));

    expect(result.assigned).toEqual(users(1, 3));
    expect(result.failures).toEqual(
      [
        [0, 9],
        [2, 2],
        [3, 4],
      ].map(([index, n]) => ({ index, spec: user(n!), error: expect.any(AssignedUserNotFound) })),
    );
    expect(result.failures[1]!.error).toMatchObject({ userUuid: user(2), code: 'user_read_not-found' });
    expect(await memberNumbers()).toEqual([1, 3]);
  });

  it('takes any number of users, each once', async () => {
    const many = Array.from({ length: 2_500 }, (_, n) => user(2_500 - n));

    const first = await test.plain.assignUsers(inNorth, group.id, [...many, ...many]);
    const again = await test.plain.assignUsers(inNorth, group.id, many);

    expect(first).toEqual({ assigned: many, alreadyMembers: [], failures: [] });
    expect(again).toEqual({ assigned: [], alreadyMembers: many, failures: [] });
    expect(await test.members()).toHaveLength(2_500);
  });

  it('takes nobody at all', async () => {
    expect(await test.plain.assignUsers(inNorth, group.id, [])).toEqual({
      assigned: [],
      alreadyMembers: [],
      failures: [],
    });
  });

  it.each<[unknown, string]>([
    ['abc', '/userUuids'],
    [undefined, '/userUuids'],
    [[user(1), 'abc'], '/userUuids/1'],
    // eslint-disable-next-line no-sparse-arrays -- a hole is a user that is none
    [[user(1), , user(2)], '/userUuids/1'],
  ])('refuses %j, and assigns nobody', async (list, pointer) => {
    await expect(test.plain.assignUsers(inNorth, group.id, list as never)).rejects.toMatchObject({
      httpStatus: 400,
      pointer,
    });
    expect(await test.members()).toEqual([]);
  });

  it('knows a user by its id however it is written', async () => {
    const written = 'ABCDEF00-0000-4000-8000-000000000001' as UserId;

    const result = await test.plain.assignUsers(inNorth, group.id, [written, written.toLowerCase() as UserId]);

    expect(result.assigned).toEqual([written.toLowerCase()]);
  });

  it('is done once under one operation key, which is bound to the group and the users', async () => {
    const other = await test.plain.create(inNorth, spec());
    const options = { operationKey: operationKey('request-1') };
    await test.plain.assignUsers(inNorth, group.id, users(1), options);
    await test.plain.unassignUsers(inNorth, group.id, users(1));

    await expect(test.plain.assignUsers(inNorth, group.id, users(1), options)).rejects.toBeInstanceOf(
      OperationAlreadyDone,
    );
    for (const [id, list] of [
      [group.id, users(2)],
      [other.id, users(1)],
    ] as const) {
      await expect(test.plain.assignUsers(inNorth, id, list, options)).rejects.toBeInstanceOf(OperationKeyReused);
    }
    expect(await test.members()).toEqual([]);
  });

  it('assigns each of them once, of several callers at once who give them in different orders and do not collide', async () => {
    const many = Array.from({ length: 2_500 }, (_, n) => user(n));
    const [first, second] = [many.slice(0, 1_200), many.slice(1_200)];
    for (let round = 0; round < 4; round++) {
      const { id } = await test.plain.create(inNorth, spec());
      // What ends in a deadlock is not made again.
      const assign = (list: readonly UserId[]) =>
        test.database.beginSession((dbSession) => test.plain.within(dbSession).assignUsers(inNorth, id, list), {
          maxAttempts: 1,
        });

      const results = await Promise.all([assign(many), assign([...many].reverse()), assign([...second, ...first])]);

      expect(results.flatMap(({ assigned }) => assigned).sort()).toEqual(many);
      expect(results.flatMap(({ alreadyMembers }) => alreadyMembers)).toHaveLength(5_000);
    }
  });

  it('leaves no member behind whose user was purged at the same moment, where that is locked for it', async () => {
    const purge = (userUuid: UserId) =>
      test.database.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT FROM users WHERE uuid = ${userUuid} FOR UPDATE`;
        const held = await dbSession.sql`SELECT FROM group_members WHERE user_uuid = ${userUuid}`;
        if (held.length === 0) await dbSession.sql`DELETE FROM users WHERE uuid = ${userUuid}`;
      });
    for (let round = 0; round < 50; round++) {
      await test.addUsers(users(round), north);

      const [{ assigned, failures }] = await Promise.all([
        test.repository.assignUsers(inNorth, group.id, users(round)),
        purge(user(round)),
      ]);

      const left: object[] = await test.dataSource.query('SELECT FROM users WHERE uuid = $1', [user(round)]);
      expect([assigned.length, failures.length]).toEqual(left.length === 1 ? [1, 0] : [0, 1]);
    }
  });

  it('comes to what sets come to, whatever is assigned and unassigned', async () => {
    const step = fc.record({
      assigns: fc.boolean(),
      numbers: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { id } = await test.plain.create(inSouth, spec());
        const expected = new Set<number>();
        for (const { assigns, numbers } of steps) {
          const distinct = [...new Set(numbers)];
          const isIdle = (n: number): boolean => expected.has(n) === assigns;
          const [done, idle] = [distinct.filter((n) => !isIdle(n)), distinct.filter(isIdle)].map((list) =>
            users(...list),
          );
          const result = assigns
            ? await test.plain.assignUsers(inSouth, id, users(...numbers))
            : await test.plain.unassignUsers(inSouth, id, users(...numbers));
          expect(result).toEqual(
            assigns
              ? { assigned: done, alreadyMembers: idle, failures: [] }
              : { removed: done, notMembers: idle, failures: [] },
          );
          for (const n of distinct)
            if (assigns) expected.add(n);
            else expected.delete(n);
        }
        const stored = (await test.members()).filter(([groupId]) => groupId === id).map(([, userUuid]) => userUuid);
        expect(stored).toEqual([...expected].sort((a, b) => a - b).map(user));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a check that names no table', async () => {
    const memberChecks = [
      { table: 'app.', column: 'id', domainColumn: null, error: (id: UserId) => new AssignedUserNotFound(id) },
    ];
    const { repository } = GroupRepositories.create({ database: test.database, memberChecks });

    await expect(repository.assignUsers(inNorth, group.id, users(1))).rejects.toBeInstanceOf(Misuse);
  });
});
