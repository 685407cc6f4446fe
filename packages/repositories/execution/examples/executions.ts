import { Database, guardedPool } from '@holdfast/base';
import { domainName, userId } from '@holdfast/domain-types';
import {
  ExecutionMetricConditions,
  ExecutionRepositories,
  metricUserScope,
  userScope,
} from '@holdfast/execution-repository';
import { executionEntities } from '@holdfast/execution-repository/entities';
import { executionMigrations } from '@holdfast/execution-repository/migrations';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...executionEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(executionMigrations);
const { executionRepository, metricRepository } = ExecutionRepositories.create({ database });

const research = domainName('research');
const alice = userId('00000000-0000-4000-8000-00000000a001');
const { id } = await executionRepository.create(userScope(research, alice), { name: 'training' });
await executionRepository.updateStatus(userScope(research, alice), id, 'RUNNING');

const metrics = metricUserScope(research, alice);
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 12, 0, second));
await metricRepository.record(metrics, [
  {
    executionId: id,
    name: 'loss',
    type: 'gauge',
    tags: { split: 'train' },
    points: [0.9, 0.5, 0.3].map((value, step) => ({ at: at(20 * step), step, value })),
  },
  {
    executionId: id,
    name: 'samples',
    type: 'counter',
    points: [100, 220, 40].map((value, step) => ({ at: at(20 * step), step, value })),
  },
]);

const minute = {
  metrics: ExecutionMetricConditions.executionEquals(id),
  from: at(0),
  to: at(60),
  bucketMs: 60_000,
};
for (const { min, percentiles, last } of await metricRepository.aggregate(metrics, {
  ...minute,
  metrics: ExecutionMetricConditions.nameEquals('loss'),
  percentiles: [0.5],
})) {
  console.log('loss: least', min, 'median', percentiles[0], 'latest', last);
}
for (const { increase } of await metricRepository.getIncrease(metrics, minute)) console.log('samples:', increase);

await database.close();
await dataSource.destroy();
