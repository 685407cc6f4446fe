import * as runner from '@jest/globals';
import { describeTransitions } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { AGENT_STATUSES, AgentNotFound, AgentRepositories, AgentStatus, AgentStatusConflict } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { type AgentDatabase, agentDatabase } from './fixture/agent-database.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/agents.js';

const { afterAll, beforeAll, describe, expect, it } = runner;

describeTransitions(runner, 'updateStatus', {
  tables: { entities: agentEntities, migrations: agentMigrations },
  table: 'agents',
  repository: (database) => AgentRepositories.create({ database }).repository,
  create: (agents) => agents.create(inBlue, spec(blue)),
  createTheirs: (agents) => agents.create(inRed, spec(red)),
  move: (agents, id, to) => agents.updateStatus(inBlue, id, to),
  get: (agents, id) => agents.get(inBlue, id),
  delete: (agents, id) => agents.delete(inBlue, id),
  missing: nobody,
  initial: 'ALIVE',
  statuses: AGENT_STATUSES,
  // A second way to know the answer: everything may follow everything else, but what has left can only come back.
  isLegal: (from, to) => from !== to && (from !== 'TERMINATED' || to === 'ALIVE'),
  conflict: AgentStatusConflict,
  notFound: AgentNotFound,
});

describe('updateStatus', () => {
  let test: AgentDatabase;
  beforeAll(async () => void (test = await agentDatabase()));
  afterAll(() => test.close());

  it('notes when an agent was lost, until it is back', async () => {
    const { id } = await test.repository.create(inBlue, spec(blue));
    const lost = await test.repository.updateStatus(inBlue, id, AgentStatus.LOST);
    expect(lost).toMatchObject({ status: 'LOST', lostAt: lost.statusChangedAt });

    const back = await test.repository.updateStatus(inBlue, id, AgentStatus.ALIVE);
    expect(back).toMatchObject({ status: 'ALIVE', lostAt: null });
    await expect(test.repository.updateStatus(inBlue, id, 'ALIVE')).rejects.toMatchObject({
      code: 'agent_update_conflict',
      httpStatus: 409,
    });
  });
});
