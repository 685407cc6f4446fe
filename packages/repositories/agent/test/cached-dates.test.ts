import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MemoryCache } from '@holdfast/cache';
import { AgentRepositories } from '../src/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

let test: AgentDatabase;
beforeAll(async () => void (test = await agentDatabase()));
afterAll(() => test.close());

it('gives its dates to whoever was first to read an agent, and keeps others in memory', async () => {
  const { repository } = AgentRepositories.create({ database: test.database, cache: new MemoryCache() });
  const { id, statusChangedAt } = await repository.create(inBlue, spec(blue));

  const first = await repository.get(inBlue, id);
  first.statusChangedAt.setTime(0);

  expect((await repository.get(inBlue, id)).statusChangedAt).toEqual(statusChangedAt);
});
