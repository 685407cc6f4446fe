// `npm run walks`: walks through whole tables page by page and compares with full sorts, then measures deep pages. Ends
// with 1 if anything is wrong.
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { deepOrders, deepPages, DEPTH, MOST_TIMES, PAGE_SIZE } from './deep-pages.js';
import { createEvents, EventRow, EVENTS } from './deep-table.js';
import { createSampleTables } from './sample-tables.js';
import { figure, Tally } from './tally.js';
import { walkedDatabase } from './walked-database.js';
import { walkedEntities, walkGroups, type WalkPlan } from './walk-groups.js';

const plan: WalkPlan = { sizes: [1, 7, 50], oneOf: 1, seeds: 300 };
const MOST_FAULTS_SHOWN = 10;

async function walkEverything(serverUrl: string): Promise<Tally> {
  const all = new Tally();
  console.log(`pages of ${plan.sizes.join(', ')} rows; changes of rows by the seeds 1 to ${plan.seeds}`);
  const walked = await walkedDatabase(serverUrl, walkedEntities, createSampleTables);
  try {
    for (const { name, run } of walkGroups) {
      const tally = await run(walked, plan);
      console.log(`${name}: ${tally.toString()}`);
      for (const fault of tally.faults.slice(0, MOST_FAULTS_SHOWN)) console.log(`  ${fault}`);
      all.add(tally);
    }
  } finally {
    await walked.close();
  }
  return all;
}

/** The faults of deep pages, after their figures were printed. */
async function measureDepth(serverUrl: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const walked = await walkedDatabase(serverUrl, [EventRow], createEvents);
  console.log(
    `deep pages: buffers read by the first ${PAGE_SIZE} of ${figure(EVENTS)} rows, and by ${PAGE_SIZE} behind ${figure(DEPTH)}`,
  );
  try {
    for (const [name, orders] of Object.entries(deepOrders)) {
      for (const { way, mode, first, deep } of await deepPages(walked, orders)) {
        const line = `${name}, ${way}, ${mode}: ${first}, ${deep}`;
        const isTooMuch = deep > MOST_TIMES * first;
        console.log(`  ${line}${isTooMuch ? ', too many' : ''}`);
        if (isTooMuch) faults.push(line);
      }
    }
  } finally {
    await walked.close();
  }
  return faults;
}

const given = process.env['DATABASE_URL'];
const server = given ? null : await startEmbeddedPostgres({ durability: 'fast' });
try {
  const url = server?.url ?? given!;
  const all = await walkEverything(url);
  all.faults = [...all.faults, ...(await measureDepth(url))];
  console.log(`walks: ${all.toString()}`);
  process.exitCode = all.faults.length === 0 ? 0 : 1;
} finally {
  await server?.stop();
}
