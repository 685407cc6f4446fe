import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SerializationFailure } from '@holdfast/base';
import { type Policy, Resilience, RetryPolicy } from '@holdfast/resilience';
import { SessionRepositories } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

/** Fails the first call of an operation as if the transaction had collided with another. */
function colliding(operation: string): { readonly policy: Policy; readonly attempts: () => number } {
  let attempts = 0;
  const collision = new SerializationFailure({ cause: null, retryable: true, outcome: 'not-committed' });
  return {
    attempts: () => attempts,
    policy: {
      name: 'colliding',
      execute: (call, next) =>
        call.operation === operation && ++attempts === 1 ? Promise.reject(collision) : next(call),
    },
  };
}

describe('the repository within a dbSession', () => {
  it('takes what is particular to sessions into the unit of work', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const sessions = test.repository.within(dbSession);
      const { id } = await sessions.create(ofAlice, spec(alice));
      await sessions.updateStatus(ofAlice, id, 'SCHEDULED');
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });

  it('retries no part of a transaction, but outside of one the whole operation', async () => {
    const { policy, attempts } = colliding('create');
    const resilience = new Resilience({ policies: [new RetryPolicy({ maxRetries: 3, retryDelayMs: 1 }), policy] });
    const create = () => {
      const { repository } = SessionRepositories.create({ database: test.database, resilience });
      return test.database.beginSession((dbSession) => repository.within(dbSession).create(ofAlice, spec(alice)), {
        maxAttempts: 1,
      });
    };

    await expect(create()).rejects.toBeInstanceOf(SerializationFailure);

    expect(attempts()).toBe(1);
    expect(await test.rows()).toEqual([]);

    const outside = colliding('create');
    const retrying = new Resilience({
      policies: [new RetryPolicy({ maxRetries: 3, retryDelayMs: 1 }), outside.policy],
    });
    await SessionRepositories.create({ database: test.database, resilience: retrying }).repository.create(
      ofAlice,
      spec(alice),
    );
    expect(outside.attempts()).toBe(2);
    expect(await test.rows()).toHaveLength(1);
  });
});
