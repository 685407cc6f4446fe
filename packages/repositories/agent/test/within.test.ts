import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentDbSourceResilience, agentRepositoryResilience } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());

describe('the repository', () => {
  it('takes part in a unit of work', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      const agents = test.repository.within(dbSession);
      const { id } = await agents.create(inBlue, spec(blue));
      await agents.updateStatus(inBlue, id, 'LOST');
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });

  it('measures and retries, and its source only measures', () => {
    expect(agentRepositoryResilience.describe()).toBe('metrics(retry(call))');
    expect(agentDbSourceResilience.describe()).toBe('metrics(call)');
  });
});
