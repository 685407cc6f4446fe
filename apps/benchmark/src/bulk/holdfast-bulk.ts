import { type CreatorSpec, Database, guardedPool } from '@holdfast/base';
import { searchScope, where } from '@holdfast/querier';
import { DataSource } from 'typeorm';
import type { BulkContender, Positions } from './bulk-task.js';
import { type JobRow as Row, JobRow, jobOperations as operations } from './job-operations.js';
import { type Job, TENANT } from './job.js';

const scope = searchScope<Row>({ name: 'tenant', equals: { tenant: TENANT } });
const change = { changes: { status: 'DONE', attempts: 1 } };

/** Ours: scope, checked values, frozen data. */
export async function openHoldfastBulk(url: string): Promise<BulkContender> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [JobRow],
    ...guardedPool({ max: 1, idleTimeoutMillis: 0 }),
  }).initialize();
  const database = new Database(dataSource);
  return {
    create: async (jobs) =>
      (await database.execute(operations.bulkCreate(scope, specsOf(jobs), { returning: 'count' }))).count,
    createReturning: async (jobs) => (await database.execute(operations.bulkCreate(scope, specsOf(jobs)))).length,
    updateByIds: async (ids) => (await database.execute(operations.batchUpdate(scope, ids, change))).count,
    updateByCondition: async (positions) =>
      (await database.execute(operations.batchUpdate(scope, within(positions), change))).count,
    purgeByIds: async (ids) => (await database.execute(operations.batchPurge(scope, ids))).count,
    purgeByCondition: async (positions) =>
      (await database.execute(operations.batchPurge(scope, within(positions)))).count,
    close: () => dataSource.destroy(),
  };
}

function* specsOf(jobs: Iterable<Job>): Generator<CreatorSpec<Row>> {
  for (const values of jobs) yield { values };
}

const within = ({ from, to }: Positions) => where<Row>({ position: { gte: String(from), lt: String(to) } });
