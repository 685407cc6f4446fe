import type pg from 'pg';
import {
  cpuPerOp,
  type Measurement,
  measurementsOf,
  opsPerSecond,
  oursToOthers,
  type OursToOthers,
} from './comparison.js';
import type { ContenderProcess } from './contender-process.js';
import { OURS } from './contenders/index.js';
import { type Measured, measure, type Plan } from './measure.js';
import { CURSOR_PAGES, type OperationName } from './operation-name.js';
import { callers as callersOf, report } from './report.js';
import { type Spread, spread } from './spread.js';

/** What a page at depth costs, as a ratio to the first page of the same contender. */
export interface Depth {
  readonly concurrency: number;
  readonly cpu: Spread;
  readonly time: Spread;
}

export interface Comparison {
  readonly measurements: readonly Measurement[];
  readonly ours: readonly OursToOthers[];
  /** Of ours. */
  readonly depths: readonly Depth[];
  /** Sentences about who was left out of what. */
  readonly leftOut: readonly string[];
}

/** Operations that are compared with so many callers at a time. */
export interface Run extends Plan {
  readonly operations: readonly OperationName[];
  readonly callers: number;
}

/**
 * Compares operations one after the other, pages at depth together with first ones, and prints what comes out. What would
 * begin after `until`, on the clock of `performance.now()`, is left out.
 */
export async function compareOperations(
  client: pg.ClientBase,
  processes: readonly ContenderProcess[],
  runs: readonly Run[],
  until: number,
): Promise<Comparison> {
  const settle = async (): Promise<void> => void (await client.query('VACUUM ANALYZE sessions'));
  const measurements: Measurement[] = [];
  const ours: OursToOthers[] = [];
  const depths: Depth[] = [];
  const leftOut: string[] = [];
  for (const run of runs) {
    const { callers } = run;
    for (const operations of together(run.operations)) {
      if (performance.now() > until) {
        leftOut.push(`${operations.join()}, ${callersOf(callers)}: there was no time left.`);
        continue;
      }
      const measured = await measure(processes, operations, callers, run, settle);
      for (const [operation, rounds] of measured.rounds) {
        const lines = measurementsOf(operation, callers, rounds);
        console.log(report(lines));
        measurements.push(...lines);
        ours.push(...oursToOthers(operation, callers, rounds));
      }
      leftOut.push(
        ...measured.leftOut.map((name) => `${operations.join()}, ${callersOf(callers)}: ${name} took too long.`),
      );
      depths.push(...depthOf(measured, callers));
    }
  }
  return { measurements, ours, depths, leftOut };
}

/** The operations, each alone but for the two pages. */
function together(operations: readonly OperationName[]): readonly (readonly OperationName[])[] {
  if (!CURSOR_PAGES.every((page) => operations.includes(page))) return operations.map((one) => [one]);
  return operations
    .filter((one) => one !== CURSOR_PAGES[1])
    .map((one) => (one === CURSOR_PAGES[0] ? CURSOR_PAGES : [one]));
}

function depthOf({ rounds }: Measured, concurrency: number): readonly Depth[] {
  const [shallow, deep] = CURSOR_PAGES.map((page) => rounds.get(page)?.flatMap((round) => round.get(OURS) ?? []) ?? []);
  if (deep!.length === 0 || shallow!.length === 0) return [];
  const cpu = spread(deep!.map((slice, i) => cpuPerOp(slice) / cpuPerOp(shallow![i]!)));
  const time = spread(deep!.map((slice, i) => opsPerSecond(shallow![i]!) / opsPerSecond(slice)));
  return [{ concurrency, cpu, time }];
}
