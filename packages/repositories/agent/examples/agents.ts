import { AgentConditions, AgentRepositories, type AgentRow, scalingGroupScopes } from '@holdfast/agent-repository';
import { agentEntities } from '@holdfast/agent-repository/entities';
import { agentMigrations } from '@holdfast/agent-repository/migrations';
import { Database, guardedPool } from '@holdfast/base';
import { agentId, resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import { batchQuerier, unscoped } from '@holdfast/querier';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...agentEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(agentMigrations);
const { repository } = AgentRepositories.create({ database });

await repository.create(unscoped('an agent joins'), {
  id: agentId('i-node01'),
  region: 'local',
  scalingGroupName: scalingGroupName('default'),
  availableSlots: resourceSlot({ cpu: 32, mem: 274877906944, 'cuda.device': 4 }),
  addr: 'tcp://10.0.0.7:6001',
  version: '24.09',
  architecture: 'x86_64',
  gpuModel: 'A100',
});

// What a tenant sees of agents is given by the scaling groups that it may use.
const visible = scalingGroupScopes([scalingGroupName('default'), scalingGroupName('spot')]);
const { items } = await repository.search(
  visible,
  batchQuerier<AgentRow>({ conditions: [AgentConditions.isSchedulable()], pagination: { limit: 10, offset: 0 } }),
);
for (const { id, gpuModel, availableSlots } of items) console.log(id, gpuModel, availableSlots['cuda.device']);

await database.close();
await dataSource.destroy();
