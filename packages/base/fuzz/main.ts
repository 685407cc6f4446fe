// `npm run fuzz -- --cases 100000 --seed 1`: throws whatever there is at the readers of requests and on to PostgreSQL.
// Ends with 1 if anything is neither refused as it should be nor answered right.
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { reportLine } from './fuzz-report.js';
import { fuzzSearches } from './searches/fuzz-searches.js';

const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } });
const cases = Number(values.cases ?? 100_000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  console.error('--cases and --seed are whole numbers.');
  process.exit(2);
}
console.log(`seed ${seed}`);

const given = process.env['DATABASE_URL'];
const server = given === undefined ? await startEmbeddedPostgres({ durability: 'fast' }) : null;
const since = performance.now();
try {
  const report = await fuzzSearches({
    serverUrl: given ?? server!.url,
    cases,
    seed,
    onDoor({ name }, one) {
      console.log(`${name}: ${reportLine(one)}`);
      for (const fault of one.faults.slice(0, 5)) console.log(`- ${fault}`);
    },
  });
  console.log(`${Math.round((performance.now() - since) / 1000)} s`);
  console.log(`fuzz: ${reportLine(report)}`);
  process.exitCode = report.faults.length === 0 ? 0 : 1;
} finally {
  await server?.stop();
}
