import { where } from '@holdfast/querier';
import type { BulkContender, Positions } from './bulk-task.js';
import { openJobDatabase } from './job-database.js';
import { type JobRow as Row, jobOperations as operations, jobScope as scope, specsOf } from './job-operations.js';

const change = { changes: { status: 'DONE', attempts: 1 } };

/** Ours: scope, checked values, frozen data. */
export async function openHoldfastBulk(url: string): Promise<BulkContender> {
  const { database, close } = await openJobDatabase(url);
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
    close,
  };
}

const within = ({ from, to }: Positions) => where<Row>({ position: { gte: String(from), lt: String(to) } });
