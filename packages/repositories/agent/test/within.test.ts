import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SerializationFailure } from '@holdfast/base';
import { type Policy, Resilience, RetryPolicy } from '@holdfast/resilience';
import { AgentRepositories, agentDbSourceResilience, agentRepositoryResilience } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents CASCADE'));

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
  it('takes what is particular to agents into the unit of work', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const agents = test.repository.within(dbSession);
      const { id } = await agents.create(inBlue, spec(blue));
      await agents.updateStatus(inBlue, id, 'LOST');
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });

  it('retries no part of a transaction, but outside of one the whole operation', async () => {
    const { policy, attempts } = colliding('create');
    const resilience = new Resilience({ policies: [new RetryPolicy({ maxRetries: 3, retryDelayMs: 1 }), policy] });
    const create = () => {
      const { repository } = AgentRepositories.create({ database: test.database, resilience });
      return test.database.beginSession((dbSession) => repository.within(dbSession).create(inBlue, spec(blue)), {
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
    await AgentRepositories.create({ database: test.database, resilience: retrying }).repository.create(
      inBlue,
      spec(blue),
    );
    expect(outside.attempts()).toBe(2);
    expect(await test.rows()).toHaveLength(1);
  });

  it('measures and retries, and its source only measures', () => {
    expect(agentRepositoryResilience.describe()).toBe('metrics(retry(call))');
    expect(agentDbSourceResilience.describe()).toBe('metrics(call)');
  });
});
