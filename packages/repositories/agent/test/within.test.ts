import * as runner from '@jest/globals';
import { describeRetries } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { AgentRepositories, agentDbSourceResilience, agentRepositoryResilience } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, spec } from './fixture/agents.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describe('the repository within a dbSession', () => {
  let test: AgentDatabase;
  beforeAll(async () => void (test = await agentDatabase()));
  afterAll(() => test.close());

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
});

describeRetries(runner, 'AgentRepository', {
  tables: { entities: agentEntities, migrations: agentMigrations },
  repository: (parts) => AgentRepositories.create(parts).repository,
  create: (agents) => agents.create(inBlue, spec(blue)),
  count: (agents) => agents.count(inBlue, {}),
  defaults: { repository: agentRepositoryResilience, dbSource: agentDbSourceResilience },
});
