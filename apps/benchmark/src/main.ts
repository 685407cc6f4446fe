// `npm run bench`: the same work on the same tables by every contender, interleaved.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { TASKS } from './bulk/bulk-task.js';
import { compareAllBulk } from './bulk/compare-all-bulk.js';
import { compareOperations } from './compare-operations.js';
import type { Plan } from './comparison.js';
import { OPERATIONS } from './contenders/index.js';
import { missedByBulk, missedByOperations } from './targets.js';

const { values } = parseArgs({
  options: {
    bulk: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const plan: Plan = values.quick
  ? { rounds: 7, sliceMs: 150, warmUp: 8_000, callers: [16] }
  : { rounds: 15, sliceMs: 300, warmUp: 15_000, callers: [16, 1] };

/** What is named by `--only`, or all. Throws if none is. */
function chosen<Name extends string>(names: readonly Name[]): readonly Name[] {
  const wanted = values.only?.split(',');
  if (wanted === undefined) return names;
  const unknown = wanted.filter((name) => !names.some((one) => one === name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join()}, but ${names.join()}.`);
  return names.filter((name) => wanted.includes(name));
}

const postgres = await startEmbeddedPostgres();
try {
  const operations = values.bulk ? [] : await compareOperations(postgres.url, chosen(OPERATIONS), plan);
  const bulk = values.bulk ? await compareAllBulk(postgres.url, chosen(TASKS), values.quick ? 1 : 3) : [];
  const missed = [...missedByOperations(operations), ...missedByBulk(bulk)];
  console.log(missed.length === 0 ? '\nNo target is missed.' : `\nMissed:\n${missed.join('\n')}`);
  if (missed.length > 0) process.exitCode = 1;
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ operations, bulk }, null, 2)}\n`);
} finally {
  await postgres.stop();
}
