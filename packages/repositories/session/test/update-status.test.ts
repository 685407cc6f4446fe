import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isLegalTransition,
  isTerminal,
  SESSION_STATUSES,
  type SessionInfo,
  SessionNotFound,
  SessionStatus,
  SessionStatusConflict,
} from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('updateStatus', () => {
  let session: SessionInfo;
  beforeEach(async () => void (session = await test.repository.create(ofAlice, spec(alice))));

  it('moves the session and notes when', async () => {
    const moved = await test.repository.updateStatus(ofAlice, session.id, SessionStatus.SCHEDULED);

    expect(moved.status).toBe('SCHEDULED');
    expect(moved.statusChangedAt.getTime()).toBeGreaterThanOrEqual(session.statusChangedAt.getTime());
    expect(moved.modifiedAt).toEqual(moved.statusChangedAt);
    expect(moved.terminatedAt).toBeNull();
    expect(Object.isFrozen(moved)).toBe(true);
    expect(await test.repository.get(ofAlice, session.id)).toEqual(moved);
  });

  it('notes the end of a session that is over', async () => {
    const ended = await test.repository.updateStatus(ofAlice, session.id, SessionStatus.CANCELLED);

    expect(ended.terminatedAt).toEqual(ended.statusChangedAt);
  });

  it('tells an illegal move from a missing session, and changes nothing', async () => {
    const failure: unknown = await test.repository
      .updateStatus(ofAlice, session.id, 'RUNNING')
      .catch((e: unknown) => e);

    expect(failure).toBeInstanceOf(SessionStatusConflict);
    expect(failure).toMatchObject({ code: 'session_update_conflict', httpStatus: 409, from: 'PENDING', to: 'RUNNING' });
    await expect(test.repository.updateStatus(ofAlice, nobody, 'RUNNING')).rejects.toBeInstanceOf(SessionNotFound);
    expect(await test.repository.get(ofAlice, session.id)).toEqual(session);
  });

  it('does not touch foreign and deleted sessions', async () => {
    const foreign = await test.repository.create(ofBob, spec(bob));
    await test.repository.delete(ofAlice, session.id);
    const before = await test.rows();

    for (const { id } of [foreign, session]) {
      await expect(test.repository.updateStatus(ofAlice, id, 'SCHEDULED')).rejects.toBeInstanceOf(SessionNotFound);
    }
    expect(await test.rows()).toEqual(before);
  });

  it('refuses what is no status, got around the compiler', async () => {
    const failure = test.repository.updateStatus(ofAlice, session.id, 'ASLEEP' as never);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/status' });
  });

  it('lets one of many movers succeed', async () => {
    const moves = await Promise.allSettled(
      Array.from({ length: 8 }, () => test.repository.updateStatus(ofAlice, session.id, 'SCHEDULED')),
    );

    const failures = moves.flatMap((move) => (move.status === 'rejected' ? [move.reason as unknown] : []));
    expect(failures).toHaveLength(7);
    for (const failure of failures) expect(failure).toMatchObject({ from: 'SCHEDULED', to: 'SCHEDULED' });
  });

  it('follows any sequence of moves exactly as the table of transitions says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...SESSION_STATUSES), { maxLength: 8 }), async (wanted) => {
        const { id } = await test.repository.create(ofAlice, spec(alice));
        let expected: SessionStatus = 'PENDING';
        for (const to of wanted) {
          const legal = isLegalTransition(expected, to);
          const outcome = await test.repository.updateStatus(ofAlice, id, to).catch((e: unknown) => e);
          if (legal) expected = to;
          expect(outcome).toMatchObject(legal ? { status: to } : { from: expected, to });
        }
        const { status, terminatedAt } = await test.repository.get(ofAlice, id);
        expect(status).toBe(expected);
        expect(terminatedAt !== null).toBe(isTerminal(expected));
      }),
      { numRuns: 40 },
    );
  });
});
