import * as runner from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { batchQuerier } from '@holdfast/querier';
import { describeStatements } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { type AgentInfo, AgentRepositories, AgentRepository, type AgentRow } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';
import { blue, inBlue, spec } from './fixture/agents.js';

/** So many agents; one of them. */
async function oneOf(repository: AgentRepository, rows: number): Promise<AgentInfo> {
  const [agent] = await repository.bulkCreate(
    inBlue,
    Array.from({ length: rows }, () => spec(blue)),
  );
  return agent!;
}

const cpu = resourceSlot({ cpu: 1 });

describeStatements(runner, 'AgentRepository', {
  tables: { entities: agentEntities, migrations: [...agentMigrations, ClusterTables] },
  repository: (database) => AgentRepositories.create({ database }).repository,
  statements: AgentRepository.statements,
  calls: {
    updateStatus: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.updateStatus(inBlue, id, 'LOST');
    },
    lockCapacity: async ({ repository, test }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () =>
        test.database.beginSession((dbSession) => repository.within(dbSession).lockCapacity(inBlue, id, cpu));
    },
    getAgentCapacity: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.getAgentCapacity(inBlue, id);
    },
    listAgentsWithCapacity: async ({ repository }, rows) => {
      await oneOf(repository, rows);
      const querier = batchQuerier<AgentRow>({ pagination: { first: 1_000 } });
      return () => repository.listAgentsWithCapacity(inBlue, querier);
    },
  },
});
