import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  LIVE_USER_STATUSES,
  type LiveUserStatus,
  type UserInfo,
  UserNotFound,
  UserStatusConflict,
  type UserStatus,
} from '../src/index.js';
import { type UserDatabase, userDatabase } from './fixture/user-database.js';
import { blue, inBlue, inRed, spec } from './fixture/users.js';

let test: UserDatabase;
beforeAll(async () => void (test = await userDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

// A second way to know the answer: what is unproven can become anything, and nothing becomes unproven.
const isLegal = (from: UserStatus, to: LiveUserStatus): boolean => from !== to && to !== 'before-verification';

describe('updateStatus', () => {
  let user: UserInfo;
  beforeEach(async () => void (user = await test.users.create(inBlue, spec(blue))));

  it('moves the user, notes when and why, and forgets why at the next move', async () => {
    const off = await test.users.updateStatus(inBlue, user.id, 'inactive', { statusInfo: 'on leave' });
    expect(off).toMatchObject({ status: 'inactive', statusInfo: 'on leave', statusChangedAt: off.modifiedAt });

    const on = await test.users.updateStatus(inBlue, user.id, 'active');
    expect(on).toMatchObject({ status: 'active', statusInfo: null });
    expect(await test.users.get(inBlue, user.id)).toEqual(on);
  });

  it('tells an illegal move from a missing user', async () => {
    const failure: unknown = await test.users.updateStatus(inBlue, user.id, 'active').catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(UserStatusConflict);
    expect(failure).toMatchObject({ code: 'user_update_conflict', httpStatus: 409, from: 'active', to: 'active' });
    await expect(test.users.updateStatus(inRed, user.id, 'inactive')).rejects.toBeInstanceOf(UserNotFound);
  });

  it.each(['deleted', 'tired', null])('refuses %p, got around the compiler', async (status) => {
    const failure = Promise.resolve().then(() => test.users.updateStatus(inBlue, user.id, status as never));

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/status' });
  });

  it('follows any sequence of moves, deletions and restorations as the rule says', async () => {
    const move = fc.constantFrom<LiveUserStatus | 'delete' | 'restore'>(...LIVE_USER_STATUSES, 'delete', 'restore');
    const begin = fc.constantFrom(...LIVE_USER_STATUSES);
    await fc.assert(
      fc.asyncProperty(begin, fc.array(move, { maxLength: 8 }), async (first, wanted) => {
        const { id } = await test.users.create(inBlue, spec(blue, { status: first }));
        let expected: LiveUserStatus = first;
        let isDeleted = false;
        for (const to of wanted) {
          const call = {
            delete: () => test.users.delete(inBlue, id),
            restore: () => test.users.restore(inBlue, id),
          }[to as string];
          const outcome = await (call?.() ?? test.users.updateStatus(inBlue, id, to as LiveUserStatus)).catch(
            (e: unknown) => e,
          );
          if (to === 'delete' || to === 'restore') {
            if (isDeleted === (to === 'delete')) expect(outcome).toBeInstanceOf(UserNotFound);
            else isDeleted = to === 'delete';
          } else if (isDeleted) {
            expect(outcome).toBeInstanceOf(UserNotFound);
          } else if (isLegal(expected, to)) {
            expected = to;
          } else {
            expect(outcome).toMatchObject({ from: expected, to });
          }
          const now = await test.users.get(inBlue, id, { includeDeleted: true });
          expect(now.status).toBe(isDeleted ? 'deleted' : expected);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('updateRole', () => {
  it('refuses what is no role, and who is not in the scope', async () => {
    const { id } = await test.users.create(inBlue, spec(blue));

    await expect(
      Promise.resolve().then(() => test.users.updateRole(inBlue, id, 'root' as never)),
    ).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/role' });
    await expect(test.users.updateRole(inRed, id, 'admin')).rejects.toBeInstanceOf(UserNotFound);
    expect(await test.users.get(inBlue, id)).toMatchObject({ role: 'user' });
  });
});
