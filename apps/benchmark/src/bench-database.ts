import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { TASKS } from './bulk/bulk-task.js';
import { compareAllBulk } from './bulk/compare-all-bulk.js';
import { compareOperations } from './compare-operations.js';
import type { Plan } from './comparison.js';
import { OPERATIONS } from './contenders/index.js';
import { missedByBulk, missedByOperations, reportMissed } from './targets.js';

/** `npm run bench`: the same work on the same tables by every contender, interleaved. */
export async function benchDatabase(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: {
      bulk: { type: 'boolean', default: false },
      json: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const { bulk: isBulk, json, only, quick } = values;
  const plan: Plan = quick
    ? { rounds: 7, sliceMs: 150, warmUp: 8_000, callers: [16] }
    : { rounds: 15, sliceMs: 300, warmUp: 15_000, callers: [16, 1] };
  const postgres = await startEmbeddedPostgres();
  try {
    const operations = isBulk ? [] : await compareOperations(postgres.url, chosen(OPERATIONS, only), plan);
    const bulk = isBulk ? await compareAllBulk(postgres.url, chosen(TASKS, only), quick ? 1 : 3) : [];
    reportMissed([...missedByOperations(operations), ...missedByBulk(bulk)]);
    if (json !== undefined) await writeFile(json, `${JSON.stringify({ operations, bulk }, null, 2)}\n`);
  } finally {
    await postgres.stop();
  }
}

/** What is named by `--only`, or all. Throws if none is. */
function chosen<Name extends string>(names: readonly Name[], only: string | undefined): readonly Name[] {
  const wanted = only?.split(',');
  if (wanted === undefined) return names;
  const unknown = wanted.filter((name) => !names.some((one) => one === name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join()}, but ${names.join()}.`);
  return names.filter((name) => wanted.includes(name));
}
