// `npm run fuzz -- --cases 100000 --statements 20000 --seed 1`: throws whatever there is at the readers of requests and on
// to PostgreSQL, and random values at the standard operations of random entities, beside TypeORM and plain SQL.
// Ends with 1 if anything is neither refused as it should be nor answered right.
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { type FuzzReport, reportLine } from './fuzz-report.js';
import { fuzzSearches } from './searches/fuzz-searches.js';
import type { StatementCase } from './statements/statement-case.js';
import { fuzzStatements } from './statements/fuzz-statements.js';

const { values } = parseArgs({
  options: { cases: { type: 'string' }, statements: { type: 'string' }, seed: { type: 'string' } },
});
const cases = Number(values.cases ?? 100_000);
const statements = Number(values.statements ?? 20_000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
if (!isCount(cases) || !isCount(statements) || !Number.isSafeInteger(seed)) {
  console.error('--cases, --statements and --seed are whole numbers.');
  process.exit(2);
}
// Where the clocks are is part of what a timestamp without a time zone means.
const zones = ['UTC', 'America/St_Johns', 'Europe/Berlin', 'Asia/Kathmandu'];
process.env['TZ'] ??= zones[Math.abs(seed) % zones.length]!;
console.log(`seed ${seed}, time zone ${process.env['TZ']}`);
// One of the ways is a pool that is not guarded, on purpose; it says so once for each connection.
process.removeAllListeners('warning');

const given = process.env['DATABASE_URL'];
const server = given === undefined ? await startEmbeddedPostgres({ durability: 'fast' }) : null;
const serverUrl = given ?? server!.url;

const counts = new Map<string, number>();

function onCase({ operation, way, form, disturbance }: StatementCase): void {
  const names = [
    `operation ${operation}`,
    `way ${way}`,
    `form ${form}`,
    `${disturbance === null ? 'un' : ''}disturbed`,
  ];
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function show(name: string, report: FuzzReport): void {
  console.log(`${name}: ${reportLine(report)}`);
  for (const fault of report.faults.slice(0, 5)) console.log(`- ${fault}`);
}

/** Runs a fuzzer unless nothing is asked of it; how many faults it found. */
async function timed(name: string, wanted: number, fuzz: () => Promise<FuzzReport>): Promise<number> {
  if (wanted === 0) return 0;
  const since = performance.now();
  const report = await fuzz();
  console.log(`${name}: ${reportLine(report)}, ${Math.round((performance.now() - since) / 1000)} s`);
  return report.faults.length;
}

try {
  const searches = await timed('fuzz: searches', cases, () =>
    fuzzSearches({ serverUrl, cases, seed, onDoor: ({ name }, report) => show(name, report) }),
  );
  const others = await timed('fuzz: statements', statements, () =>
    fuzzStatements({
      serverUrl,
      cases: statements,
      seed,
      onCase,
      onTable: (name, report) => report.faults.length > 0 && show(name, report),
    }),
  );
  for (const [name, count] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${name}: ${count.toLocaleString('en-US')} cases`);
  process.exitCode = searches + others === 0 ? 0 : 1;
} finally {
  await server?.stop();
}
