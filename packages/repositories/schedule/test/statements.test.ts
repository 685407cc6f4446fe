import * as runner from '@jest/globals';
import { scalingGroupName } from '@holdfast/domain-types';
import { describeStatements } from '@holdfast/testing';
import { ScheduleRepositories, ScheduleRepository } from '../src/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';

describeStatements(runner, 'ScheduleRepository', {
  tables: { entities: [], migrations: [ClusterTables] },
  repository: (database) => ScheduleRepositories.create({ database }).repository,
  statements: ScheduleRepository.statements,
  calls: {
    getSchedulingData: async ({ repository, test }, rows) => {
      await test.dataSource.query('TRUNCATE sessions, session_dependencies, agents, kernels, resource_allocations');
      await test.dataSource.query(`INSERT INTO sessions (priority) SELECT n FROM generate_series(1, ${rows}) n`);
      await test.dataSource.query(`INSERT INTO agents (id) SELECT 'i-' || n FROM generate_series(1, ${rows}) n`);
      await test.dataSource.query(`INSERT INTO kernels (agent_id) SELECT id FROM agents`);
      await test.dataSource.query(
        `INSERT INTO resource_allocations (kernel_id, slot_name, requested) SELECT id, 'cpu', 1 FROM kernels`,
      );
      return () => repository.getSchedulingData(scalingGroupName('blue'));
    },
  },
});
