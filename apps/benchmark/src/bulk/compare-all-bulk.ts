import { type BulkMeasurement, compareBulk, LARGE } from './compare-bulk.js';
import type { BulkTask } from './bulk-task.js';
import { JobTable } from './job-table.js';
import { reportBulk } from './report-bulk.js';

/** Compares bulk tasks one after the other, and prints what comes out. */
export async function compareAllBulk(
  url: string,
  tasks: readonly BulkTask[],
  rounds: number,
): Promise<readonly BulkMeasurement[]> {
  const table = await JobTable.create(url, LARGE);
  const measurements: BulkMeasurement[] = [];
  try {
    for (const task of tasks) {
      const lines = await compareBulk(url, table, task, rounds);
      console.log(reportBulk(lines));
      measurements.push(...lines);
    }
  } finally {
    await table.close();
  }
  return measurements;
}
