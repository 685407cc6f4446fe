import * as runner from '@jest/globals';
import { unscoped, where } from '@holdfast/querier';
import { describeCaching } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { type AgentInfo, AgentRepositories, type AgentRepository, type AgentRow } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { blue, inBlue, inRed, spec } from './fixture/agents.js';

const everybody = unscoped('a test');
const itself = ({ id }: AgentInfo) => where<AgentRow>({ id: { eq: id } });
const change = { schedulable: false };

describeCaching<AgentRepository, AgentRow, AgentInfo>(runner, 'AgentRepository', {
  tables: { entities: agentEntities, migrations: agentMigrations },
  repository: (parts) => AgentRepositories.create(parts).repository,
  create: (repository) => repository.create(everybody, spec(blue)),
  mine: () => inBlue,
  theirs: () => inRed,
  reads: {
    get: (repository, scope, { id }, options) => repository.get(scope, id, options),
    find: (repository, scope, { id }, options) => repository.find(scope, id, options),
  },
  writes: {
    update: { write: (repository, { id }) => repository.update(everybody, id, change) },
    delete: { write: (repository, { id }) => repository.delete(everybody, id) },
    restore: {
      prepare: (repository, { id }) => repository.delete(everybody, id),
      write: (repository, { id }) => repository.restore(everybody, id),
    },
    purge: { write: (repository, { id }) => repository.purge(everybody, id) },
    batchUpdate: { write: (repository, row) => repository.batchUpdate(everybody, itself(row), change) },
    batchDelete: { write: (repository, { id }) => repository.batchDelete(everybody, [id]) },
    batchPurge: { write: (repository, row) => repository.batchPurge(everybody, itself(row)) },
    upsert: { write: (repository, { id }) => repository.upsert(everybody, spec(blue, { id, version: '99' })) },
    bulkUpsert: {
      write: (repository, { id }) => repository.bulkUpsert(everybody, [spec(blue, { id, version: '99' })]),
    },
    updateStatus: { write: (repository, { id }) => repository.updateStatus(everybody, id, 'LOST') },
  },
  others: [
    'create',
    'bulkCreate',
    'bulkCreatePartial',
    'loadMany',
    'search',
    'count',
    'lockCapacity',
    'getAgentCapacity',
    'listAgentsWithCapacity',
  ],
});
