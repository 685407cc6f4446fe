// `npm run bench`: the same work on the same tables by every contender, interleaved.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { compareOperations } from './compare-operations.js';
import type { Plan } from './comparison.js';
import { missedTargets } from './targets.js';

const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const plan: Plan = values.quick
  ? { rounds: 7, sliceMs: 150, warmUpMs: 500, callers: [16] }
  : { rounds: 15, sliceMs: 300, warmUpMs: 1_500, callers: [16, 1] };

const postgres = await startEmbeddedPostgres();
try {
  const operations = await compareOperations(postgres.url, plan);
  const missed = missedTargets(operations);
  for (const target of missed) console.log(`\nMissed: ${target}`);
  if (missed.length > 0) process.exitCode = 1;
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ operations }, null, 2)}\n`);
} finally {
  await postgres.stop();
}
