import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chosen } from '../chosen.js';
import { onDatabase } from '../on-database.js';
import { missedByBulk, reportMissed } from '../targets.js';
import { TASKS } from './bulk-task.js';
import { compareAllBulk } from './compare-all-bulk.js';

/** `npm run bench -- bulk`: 100,000 rows in one call. */
export async function benchBulk(line: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...line],
    options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const { json, only, quick } = values;
  const bulk = await onDatabase((url) => compareAllBulk(url, chosen(TASKS, only), quick ? 1 : 3));
  reportMissed(missedByBulk(bulk));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(bulk, null, 2)}\n`);
}
