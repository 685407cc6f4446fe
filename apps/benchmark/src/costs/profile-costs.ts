import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContenderProcess } from '../contender-process.js';
import { OURS, REFERENCE } from '../contenders/index.js';
import { markdownTable } from '../figures/markdown-table.js';
import { openContenders } from '../open-contenders.js';
import type { OperationName } from '../operation-name.js';
import { COSTS, microsByCost, OUR_COSTS } from './cost-of.js';

const OPERATIONS: readonly OperationName[] = [
  'get',
  'search',
  'create',
  'update-one-trip',
  'update',
  'upsert',
  'batch-update-1000',
];
const OURS_ALONE = 'of it code of this repository';
const WHOLE = 'all of it';
const WARM_UP_MS = 3_000;
const SLICE_MS = 500;
const PROFILED_MS = 4_000;

/** What the time of operations is made of, as a table: ours beside pg's, in hundredths of what pg's takes as a whole. */
export async function profileCosts(url: string, callers: number): Promise<string> {
  const columns: string[] = [];
  const hundredths: ReadonlyMap<string, number>[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-costs-'));
  const open = await openContenders([OURS, REFERENCE], url, callers);
  try {
    for (const operation of OPERATIONS) {
      const micros = new Map<string, ReadonlyMap<string, number>>();
      for (const contender of open.processes)
        micros.set(contender.name, await costsOf(contender, operation, callers, join(folder, 'one.cpuprofile')));
      const whole = sum(micros.get(REFERENCE)!, COSTS);
      for (const name of [OURS, REFERENCE]) {
        const costs = micros.get(name)!;
        columns.push(`${operation}, ${name}`);
        const rows = new Map(costs).set(OURS_ALONE, sum(costs, OUR_COSTS)).set(WHOLE, sum(costs, COSTS));
        hundredths.push(new Map([...rows].map(([cost, took]) => [cost, (100 * took) / whole])));
      }
    }
  } finally {
    await open.close();
    await rm(folder, { recursive: true });
  }
  return markdownTable(
    ["% of pg's time", ...columns],
    [...COSTS, WHOLE, OURS_ALONE].map((cost) => [cost, ...hundredths.map((one) => (one.get(cost) ?? 0).toFixed(0))]),
  );
}

/** Microseconds of each operation by what they are spent on. */
async function costsOf(
  contender: ContenderProcess,
  operation: OperationName,
  callers: number,
  file: string,
): Promise<ReadonlyMap<string, number>> {
  const question = { operation, callers };
  await contender.ask({ ask: 'prepare', ...question });
  for (let ms = 0; ms < WARM_UP_MS; ms += SLICE_MS) await contender.ask({ ask: 'slice', ...question, ms: SLICE_MS });
  const { operations } = await contender.ask({ ask: 'profile', ...question, ms: PROFILED_MS, file });
  const micros = microsByCost(JSON.parse(await readFile(file, 'utf8')) as Profiler.Profile);
  return new Map([...micros].map(([cost, took]) => [cost, took / operations]));
}

function sum(micros: ReadonlyMap<string, number>, costs: readonly string[]): number {
  return costs.reduce((all, cost) => all + (micros.get(cost) ?? 0), 0);
}
