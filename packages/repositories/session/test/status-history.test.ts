import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { raced } from '@holdfast/testing';
import fc from 'fast-check';
import {
  isLegalTransition,
  SESSION_STATUSES,
  SessionNotFound,
  type SessionStatus,
  SessionStatusConflict,
} from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('getStatusHistory', () => {
  it('tells each move with its time, in order, and none of a new session', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    expect(await test.repository.getStatusHistory(ofAlice, id)).toEqual([]);

    const scheduled = await test.repository.updateStatus(ofAlice, id, 'SCHEDULED');
    const cancelled = await test.repository.updateStatus(ofAlice, id, 'CANCELLED');

    const history = await test.repository.getStatusHistory(ofAlice, id);
    expect(history).toEqual([
      { number: 1, from: 'PENDING', to: 'SCHEDULED', changedAt: scheduled.statusChangedAt },
      { number: 2, from: 'SCHEDULED', to: 'CANCELLED', changedAt: cancelled.statusChangedAt },
    ]);
    expect([history, ...history].every(Object.isFrozen)).toBe(true);
  });

  it('knows no foreign, missing or deleted session, unless deleted ones are asked for', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    await test.repository.updateStatus(ofAlice, id, 'CANCELLED');

    await expect(test.repository.getStatusHistory(ofBob, id)).rejects.toEqual(new SessionNotFound(id));
    await expect(test.repository.getStatusHistory(ofAlice, nobody)).rejects.toEqual(new SessionNotFound(nobody));
    await test.repository.delete(ofAlice, id);
    await expect(test.repository.getStatusHistory(ofAlice, id)).rejects.toEqual(new SessionNotFound(id));
    expect(await test.repository.getStatusHistory(ofAlice, id, { includeDeleted: true })).toHaveLength(1);
  });

  it('forgets a move that was rolled back, and notes nothing for a change of something else', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    const rolledBack = test.database.beginSession(async (dbSession) => {
      await test.repository.within(dbSession).updateStatus(ofAlice, id, 'SCHEDULED');
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await test.repository.update(ofAlice, id, { priority: 3 });

    expect(await test.repository.getStatusHistory(ofAlice, id)).toEqual([]);
  });

  it('has one entry where two move a session at once, of whom one wins', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 50; round++) {
      const { id } = await test.repository.create(ofAlice, spec(alice));
      const moves = await raced(round, [
        () => test.repository.updateStatus(ofAlice, id, 'SCHEDULED'),
        () => test.repository.updateStatus(ofAlice, id, 'CANCELLED'),
      ]);

      const history = await test.repository.getStatusHistory(ofAlice, id);
      const won = moves.flatMap((move) => (move.status === 'fulfilled' ? [move.value.status] : []));
      const { status } = await test.repository.get(ofAlice, id);
      expect(history.at(-1)!.to).toBe(status);
      expect(new Set(history.map(({ to }) => to))).toEqual(new Set(won));
      // CANCELLED may follow SCHEDULED: then both have won, one after the other.
      if (won.length === 2) expect(history.map(({ to }) => to)).toEqual(['SCHEDULED', 'CANCELLED']);
      else expect(history).toHaveLength(1);
      seen.add(won.join());
    }
    expect([...seen].sort()).toEqual(['CANCELLED', 'SCHEDULED,CANCELLED']);
  });

  it('has one entry for each of many equal moves that happened', async () => {
    for (let round = 0; round < 50; round++) {
      const { id } = await test.repository.create(ofAlice, spec(alice));
      const moves = await Promise.allSettled(
        [1, 2, 3].map(() => test.repository.updateStatus(ofAlice, id, 'SCHEDULED')),
      );

      const failures = moves.flatMap((move) => (move.status === 'rejected' ? [move.reason as unknown] : []));
      expect(failures).toHaveLength(2);
      for (const failure of failures) expect(failure).toBeInstanceOf(SessionStatusConflict);
      expect(await test.repository.getStatusHistory(ofAlice, id)).toMatchObject([{ number: 1, to: 'SCHEDULED' }]);
    }
  });

  it('is the sequence of legal moves, whatever was tried', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...SESSION_STATUSES), { maxLength: 10 }), async (wanted) => {
        const { id } = await test.repository.create(ofAlice, spec(alice));
        const expected: { number: number; from: SessionStatus; to: SessionStatus }[] = [];
        let from: SessionStatus = 'PENDING';
        for (const to of wanted) {
          await test.repository.updateStatus(ofAlice, id, to).catch(() => {});
          if (!isLegalTransition(from, to)) continue;
          expected.push({ number: expected.length + 1, from, to });
          from = to;
        }
        const history = await test.repository.getStatusHistory(ofAlice, id);
        expect(history.map(({ changedAt: _, ...move }) => move)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
