// `npm run bench`: the same operations on the same table by every contender, interleaved.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { checkEqual, measure, type Measurement, type Plan } from './comparison.js';
import { ContenderProcess } from './contender-process.js';
import { OPERATIONS } from './contender.js';
import { contenders } from './contenders/index.js';
import { report } from './report.js';
import { createSessionTable } from './session-table.js';

const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const plan: Plan = values.quick
  ? { rounds: 7, sliceMs: 150, warmUpMs: 500, callers: [16] }
  : { rounds: 15, sliceMs: 300, warmUpMs: 1_500, callers: [16, 1] };

async function bench(url: string): Promise<readonly Measurement[]> {
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
      for (const operation of OPERATIONS) {
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

const postgres = await startEmbeddedPostgres();
try {
  const measurements = await bench(postgres.url);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`);
} finally {
  await postgres.stop();
}
