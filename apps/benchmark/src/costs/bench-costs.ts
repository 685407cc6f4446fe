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

const OPERATIONS: readonly OperationName[] = ['get', 'search', 'create', 'update'];
const CALLERS = 16;
const WARM_UP_MS = 3_000;
const PROFILED_MS = 4_000;

/** `npm run bench -- costs`: what the time of some operations is made of, ours beside hand-written pg's. */
export async function benchCosts(line: readonly string[]): Promise<void> {
  parseArgs({ args: [...line], options: {} });
  const columns: string[] = [];
  const shares: ReadonlyMap<string, number>[] = [];
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
          for (const contender of open.processes) {
            columns.push(`${operation}, ${contender.name}`);
            shares.push(sharesOf(await profiled(contender, operation, join(folder, 'one.cpuprofile'))));
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
    ['% of the time', ...columns],
    COSTS.map((cost) => [cost, ...shares.map((one) => ((one.get(cost) ?? 0) * 100).toFixed(0))]),
  );
  console.log(`\n${table}`);
  await writeFigures([{ name: 'costs', text: table, picture: null }]);
}

async function profiled(
  contender: ContenderProcess,
  operation: OperationName,
  file: string,
): Promise<Profiler.Profile> {
  const question = { operation, callers: CALLERS };
  await contender.ask({ ask: 'prepare', ...question });
  await contender.ask({ ask: 'slice', ...question, ms: WARM_UP_MS });
  await contender.ask({ ask: 'profile', ...question, ms: PROFILED_MS, file });
  return JSON.parse(await readFile(file, 'utf8')) as Profiler.Profile;
}

function sharesOf(profile: Profiler.Profile): ReadonlyMap<string, number> {
  const micros = microsByCost(profile);
  const all = [...micros.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...micros].map(([cost, took]) => [cost, took / all]));
}
