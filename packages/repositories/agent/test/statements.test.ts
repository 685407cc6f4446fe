import * as runner from '@jest/globals';
import { describeStatements } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { AgentRepositories, AgentRepository } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { blue, inBlue, spec } from './fixture/agents.js';

describeStatements(runner, 'AgentRepository', {
  tables: { entities: agentEntities, migrations: agentMigrations },
  repository: (database) => AgentRepositories.create({ database }).repository,
  statements: AgentRepository.statements,
  calls: {
    updateStatus: async ({ repository }, rows) => {
      const [agent] = await repository.bulkCreate(
        inBlue,
        Array.from({ length: rows }, () => spec(blue)),
      );
      return () => repository.updateStatus(inBlue, agent!.id, 'LOST');
    },
  },
});
