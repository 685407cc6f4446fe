import pg from 'pg';
import { checkEqual, measure, type Measurement, type Plan } from './comparison.js';
import { ContenderProcess } from './contender-process.js';
import type { OperationName } from './contender.js';
import { contenders } from './contenders/index.js';
import { report } from './report.js';
import { createSessionTable } from './session-table.js';

/** Compares operations of one row or page, each contender in a process of its own, and prints what comes out. */
export async function compareOperations(
  url: string,
  operations: readonly OperationName[],
  plan: Plan,
): Promise<readonly Measurement[]> {
  const client = new pg.Client(url);
  await client.connect();
  await createSessionTable(client);
  await client.end();
  const connections = Math.max(...plan.callers);
  const processes = await Promise.all(
    Object.keys(contenders).map((name) => ContenderProcess.start(name, url, connections)),
  );
  const measurements: Measurement[] = [];
  try {
    await checkEqual(processes);
    for (const callers of plan.callers) {
      for (const operation of operations) {
        const lines = await measure(processes, operation, callers, plan);
        console.log(report(lines));
        measurements.push(...lines);
      }
    }
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
  return measurements;
}
