// `npm run chaos -- --writes 20000 --seed 1 --level L1`: writes to a ledger through Holdfast while the network, the server
// and the pool fail, and compares what is stored with what was acknowledged. Ends with one line of JSON, and with 1 if a
// promise was broken. `--level all` runs every level, judges each, and ends with `N passed, N failed`.
import { brokenPromises } from './broken-promises.js';
import type { ChaosArgs } from './chaos-args.js';
import { readChaosArgs } from './read-chaos-args.js';
import { runLevel } from './run-level.js';

const say = (line: string): void => console.error(line);

/** Whether the run kept what it promises. */
async function passes(args: ChaosArgs): Promise<boolean> {
  say(`level ${args.level}, ${args.writes} writes, seed ${args.seed}`);
  try {
    const { report, findings } = await runLevel(args, say);
    for (const [kind, sentences] of Object.entries(findings) as [string, readonly string[]][]) {
      for (const sentence of sentences.slice(0, 5)) say(`${kind}: ${sentence}`);
    }
    const broken = brokenPromises(report);
    for (const promise of broken) say(`broken: ${promise}`);
    console.log(JSON.stringify(report));
    return broken.length === 0;
  } catch (error) {
    console.error(error);
    return false;
  }
}

let runs: readonly ChaosArgs[];
try {
  runs = readChaosArgs(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
let passed = 0;
for (const args of runs) if (await passes(args)) passed++;
if (runs.length > 1) console.log(`${passed} passed, ${runs.length - passed} failed`);
// What is still under way after a failure has nobody to wait for it.
process.exit(passed === runs.length ? 0 : 1);
