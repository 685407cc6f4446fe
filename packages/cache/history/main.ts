// `npm run cache-history -- --writes 5000 --reads 200000 --faults 150 --seed 1`: writers and readers in several processes'
// caches on one Redis, or a cluster, to which everything happens between reads of PostgreSQL and fills: it is cut off, paused,
// slow, full, restarted, fails over and loses what it had acknowledged, evicts, forgets scripts, and moves slots. Ends with 1
// if a read fails, or sees an older version than its mode promises, and if the naive order passes the same check.
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { histories } from './histories.js';
import { runHistory } from './history.js';
import { seededRandom } from './seeded-random.js';

const option = { type: 'string' } as const;
const { values } = parseArgs({
  options: { writes: option, reads: option, faults: option, keys: option, seed: option },
});
const given = (text: string | undefined, otherwise: number): number => Number(text ?? otherwise);
const seed = given(values.seed, Math.floor(Math.random() * 2 ** 31));
const size = {
  writes: given(values.writes, 5_000),
  reads: given(values.reads, 200_000),
  faults: given(values.faults, 150),
  keys: given(values.keys, 8),
};
if (![seed, ...Object.values(size)].every(Number.isSafeInteger)) {
  console.error('--writes, --reads, --faults, --keys and --seed are whole numbers.');
  process.exit(2);
}
console.log(`seed ${seed}`);
const url = process.env['DATABASE_URL'];
const server = url === undefined ? await startEmbeddedPostgres({ durability: 'fast' }) : null;
try {
  for (const { name, plan, holds } of histories) {
    const random = seededRandom(seed);
    const report = await runHistory({ ...size, ...plan, databaseUrl: url ?? server!.url, random });
    const { acknowledged, refused, untold, reads, hits, faults, failed, stale, staleUntold, oldestMs } = report;
    const struck = [...faults].map(([kind, times]) => `${times} ${kind}`).join(', ') || 'none';
    console.log(
      `${name}: ${acknowledged} writes, ${untold} of which Redis was not told at once, ${refused} refused, ${reads} reads, ${hits} without the database; faults: ${struck}; ` +
        `${failed.length} reads failed, ${stale + staleUntold} older than promised, the oldest by ${Math.round(oldestMs)} ms`,
    );
    for (const reason of new Set(failed.slice(0, 5))) console.log(`- ${reason}`);
    if (holds(report)) continue;
    console.log('- this does not hold');
    process.exitCode = 1;
  }
} finally {
  await server?.stop();
}
