import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgentInfo, AgentNotFound } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE agents'));

let agent: AgentInfo;
beforeEach(async () => void (agent = await test.repository.create(inBlue, spec(blue))));

describe('delete and restore', () => {
  it('hide an agent and bring it back', async () => {
    expect((await test.repository.delete(inBlue, agent.id)).deletedAt).toBeInstanceOf(Date);
    expect(await test.repository.find(inBlue, agent.id)).toBeNull();

    const restored = await test.repository.restore(inBlue, agent.id);
    expect(restored).toEqual({ ...agent, modifiedAt: restored.modifiedAt });
  });
});

describe('purge', () => {
  it('removes an agent, deleted or not, and returns its last data', async () => {
    expect(await test.repository.purge(inBlue, agent.id)).toEqual(agent);
    expect(await test.rows()).toEqual([]);
  });
});

describe('delete, restore and purge', () => {
  it('do not touch an agent of another scaling group, or a missing one', async () => {
    const other = await test.repository.create(inRed, spec(red));
    const before = await test.rows();

    for (const operation of ['delete', 'restore', 'purge'] as const) {
      for (const id of [other.id, nobody]) {
        await expect(test.repository[operation](inBlue, id)).rejects.toBeInstanceOf(AgentNotFound);
      }
    }
    expect(await test.rows()).toEqual(before);
  });
});
