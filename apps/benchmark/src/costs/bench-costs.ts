import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { ContenderProcess } from '../contender-process.js';
import { OURS, REFERENCE } from '../contenders/index.js';
import { markdownTable } from '../figures/markdown-table.js';
import { writeFigures } from '../figures/write-figures.js';
import { onDatabase } from '../on-database.js';
import { openContenders } from '../open-contenders.js';
import type { OperationName } from '../operation-name.js';
import { createSessionTable } from '../session-table.js';
import { COSTS, microsByCost } from './cost-of.js';

const OPERATIONS: readonly OperationName[] = ['get', 'search', 'create', 'update', 'upsert', 'batch-update-1000'];
const CALLERS = 16;
const WHOLE = 'all of it';
const WARM_UP_MS = 3_000;
const SLICE_MS = 500;
const PROFILED_MS = 4_000;

/**
 * `npm run bench -- costs`: what the time of some operations is made of, ours beside hand-written pg's, in hundredths of
 * what pg's takes as a whole.
 */
export async function benchCosts(line: readonly string[]): Promise<void> {
  parseArgs({ args: [...line], options: {} });
  const columns: string[] = [];
  const hundredths: ReadonlyMap<string, number>[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-costs-'));
  try {
    await onDatabase(async (url) => {
      const client = new pg.Client(url);
      await client.connect();
      await createSessionTable(client);
      await client.end();
      const open = await openContenders([OURS, REFERENCE], url, CALLERS);
      try {
        for (const operation of OPERATIONS) {
          const micros = new Map<string, ReadonlyMap<string, number>>();
          for (const contender of open.processes)
            micros.set(contender.name, await costsOf(contender, operation, join(folder, 'one.cpuprofile')));
          const whole = sum(micros.get(REFERENCE)!);
          for (const name of [OURS, REFERENCE]) {
            const costs = micros.get(name)!;
            columns.push(`${operation}, ${name}`);
            const rows: ReadonlyMap<string, number> = new Map(costs).set(WHOLE, sum(costs));
            hundredths.push(new Map([...rows].map(([cost, took]) => [cost, (100 * took) / whole])));
          }
        }
      } finally {
        await open.close();
      }
    });
  } finally {
    await rm(folder, { recursive: true });
  }
  const table = markdownTable(
    ["% of pg's time", ...columns],
    [...COSTS, WHOLE].map((cost) => [cost, ...hundredths.map((one) => (one.get(cost) ?? 0).toFixed(0))]),
  );
  console.log(`\n${table}`);
  await writeFigures([{ name: 'costs', text: table, picture: null }]);
}

/** Microseconds of each operation by what they are spent on. */
async function costsOf(
  contender: ContenderProcess,
  operation: OperationName,
  file: string,
): Promise<ReadonlyMap<string, number>> {
  const question = { operation, callers: CALLERS };
  await contender.ask({ ask: 'prepare', ...question });
  for (let ms = 0; ms < WARM_UP_MS; ms += SLICE_MS) await contender.ask({ ask: 'slice', ...question, ms: SLICE_MS });
  const { operations } = await contender.ask({ ask: 'profile', ...question, ms: PROFILED_MS, file });
  const micros = microsByCost(JSON.parse(await readFile(file, 'utf8')) as Profiler.Profile);
  return new Map([...micros].map(([cost, took]) => [cost, took / operations]));
}

function sum(costs: ReadonlyMap<string, number>): number {
  return [...costs.values()].reduce((all, one) => all + one, 0);
}
