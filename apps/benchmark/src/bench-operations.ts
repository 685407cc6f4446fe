import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { chosen } from './chosen.js';
import { type Campaign, compareOperations } from './compare-operations.js';
import { compareResults } from './compare-results.js';
import type { ContenderProcess } from './contender-process.js';
import { contenders, REFERENCE } from './contenders/index.js';
import { onDatabase } from './on-database.js';
import { CONTENDERS, openContenders } from './open-contenders.js';
import { isOfMany, OPERATION_NAMES, type OperationName } from './operation-name.js';
import { missedByOperations } from './operation-targets.js';
import { RefusedOption } from './refused-option.js';
import { createSessionTable } from './session-table.js';
import { resultsFile } from './results-file.js';
import { surroundings } from './surroundings.js';
import { reportMissed } from './targets.js';

const options = {
  contenders: { type: 'string' },
  json: { type: 'string' },
  only: { type: 'string' },
  quick: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
} as const;

/** What a run of everything writes. */
const RESULTS = new URL('../RESULTS.md', import.meta.url);
/** Connections of each contender: as many as there are callers at most. */
const CONNECTIONS = 16;

/** A quick run measures what it can begin within that. */
const QUICK_MS = 26_000;

/** `npm run bench`: the same operations on the same table by every contender, interleaved. */
export async function benchOperations(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...line], options });
  const names = chosen(CONTENDERS, values.contenders ?? (values.quick ? Object.keys(contenders).join() : undefined));
  const operations = chosen(OPERATION_NAMES, values.only);
  if (!names.includes(REFERENCE)) throw new RefusedOption(`Contenders are compared with ${REFERENCE}.`);
  await onDatabase(async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    await createSessionTable(client);
    let open = await openContenders(names, url, CONNECTIONS);
    const reopen = async (): Promise<readonly ContenderProcess[]> => {
      await open.close();
      const before = open.processes.length;
      open = await openContenders(names, url, CONNECTIONS);
      if (open.processes.length < before) throw new Error([...open.missing].join('\n'));
      return open.processes;
    };
    try {
      const facts = await surroundings(client, open);
      console.log(facts.join('\n'));
      const differences = await compareResults(open.processes, operations);
      const unequal = [...differences.values()].flat();
      if (unequal.length === 0) {
        const campaign = values.quick ? quickCampaign(operations) : wholeCampaign(operations);
        const comparison = await compareOperations(client, open.processes, reopen, campaign);
        console.log(['', ...comparison.leftOut].join('\n'));
        if (values.quick) console.log('Code is hardly warm in a quick run: of targets, only whole runs tell.');
        const missed = missedByOperations(comparison);
        reportMissed(missed, values.strict);
        const isWhole = values.contenders === undefined && values.only === undefined && !values.quick;
        const minutes = `the whole run took ${(performance.now() / 60_000).toFixed(0)} minutes`;
        if (isWhole) await writeFile(RESULTS, resultsFile(comparison, [...facts, minutes], missed));
        const { measurements } = comparison;
        if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 2)}\n`);
      } else {
        console.log(`\nResults differ, nothing is measured:\n${unequal.join('\n')}`);
        process.exitCode = 1;
      }
      const equal = [...differences.values()].filter(({ length }) => length === 0).length;
      console.log('\nOperations whose results are the same for all contenders:');
      console.log(`${equal} passed, ${differences.size - equal} failed`);
    } finally {
      await open.close();
      await client.end();
    }
  });
}

/** 10,000 rows are written by one caller at a time. */
function wholeCampaign(operations: readonly OperationName[]): Campaign {
  const plan = { rounds: 3, sliceMs: 150, warmUp: { operations: 5_000, cpuMs: 800, rehearsalMs: 1_500 } };
  const runs = [
    { ...plan, operations: without(operations, 'bulk-create-10000'), callers: 16 },
    // What has run for many callers is warm.
    { ...plan, operations, callers: 1, warmUp: { operations: 1_000, cpuMs: 300 } },
  ];
  return { runs, starts: 3, until: Infinity };
}

function quickCampaign(operations: readonly OperationName[]): Campaign {
  const plan = { rounds: 7, sliceMs: 25, warmUp: { operations: 2_000, cpuMs: 100 } };
  const runs = [
    { ...plan, operations: operations.filter((one) => !isOfMany(one)), callers: 16 },
    { ...plan, operations: without(operations, 'bulk-create-10000').filter(isOfMany), callers: 1 },
  ];
  return { runs, starts: 1, until: performance.now() + QUICK_MS };
}

function without(operations: readonly OperationName[], name: OperationName): readonly OperationName[] {
  return operations.filter((one) => one !== name);
}
