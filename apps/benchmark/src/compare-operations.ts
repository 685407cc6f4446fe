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
import { measure, type Plan } from './measure.js';
import { Measured } from './measured.js';
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

/** Everything that is to be compared. */
export interface Campaign {
  readonly runs: readonly Run[];
  /** How often it is all done with new processes: what V8 makes of the same code differs from one process to the next. */
  readonly starts: number;
  /** What would begin after that, on the clock of `performance.now()`, is left out. */
  readonly until: number;
}

/**
 * Compares operations one after the other, pages at depth together with first ones, and prints what comes out. The first start
 * is of the processes that are `open`; `reopen` ends them, and starts new ones.
 */
export async function compareOperations(
  client: pg.ClientBase,
  open: readonly ContenderProcess[],
  reopen: () => Promise<readonly ContenderProcess[]>,
  { runs, starts, until }: Campaign,
): Promise<Comparison> {
  const settle = async (): Promise<void> => void (await client.query('VACUUM ANALYZE sessions'));
  const groups = runs.flatMap((run) =>
    together(run.operations).map((operations) => ({ run, operations, measured: new Measured(operations) })),
  );
  let processes = open;
  for (let start = 1; start <= starts; start++) {
    if (start > 1) processes = await reopen();
    for (const { run, operations, measured } of groups) {
      if (performance.now() <= until) await measure(processes, run, measured, settle);
      if (start < starts) console.log(`${operations.join()}, ${callersOf(run.callers)}: start ${start} of ${starts}`);
      else for (const lines of linesOf(measured, run.callers)) console.log(report(lines));
    }
  }
  return {
    measurements: groups.flatMap(({ run, measured }) => linesOf(measured, run.callers).flat()),
    ours: groups.flatMap(({ run, measured }) =>
      [...measured.seen].flatMap(([operation, rounds]) => oursToOthers(operation, run.callers, rounds)),
    ),
    depths: groups.flatMap(({ run, measured }) => depthOf(measured, run.callers)),
    leftOut: groups.flatMap(({ run, operations, measured }) => [
      ...(measured.seen.size === 0 ? [`${operations.join()}, ${callersOf(run.callers)}: there was no time left.`] : []),
      ...measured.leftOut.map(([operation, name]) => `${operation}, ${callersOf(run.callers)}: ${name} took too long.`),
    ]),
  };
}

/** For each operation its line of each contender. */
function linesOf({ seen }: Measured, callers: number): readonly (readonly Measurement[])[] {
  return [...seen].map(([operation, rounds]) => measurementsOf(operation, callers, rounds));
}

/** The operations, each alone but for the two pages. */
function together(operations: readonly OperationName[]): readonly (readonly OperationName[])[] {
  if (!CURSOR_PAGES.every((page) => operations.includes(page))) return operations.map((one) => [one]);
  return operations
    .filter((one) => one !== CURSOR_PAGES[1])
    .map((one) => (one === CURSOR_PAGES[0] ? CURSOR_PAGES : [one]));
}

function depthOf({ seen }: Measured, concurrency: number): readonly Depth[] {
  const [shallow, deep] = CURSOR_PAGES.map((page) => seen.get(page)?.flatMap((round) => round.get(OURS) ?? []) ?? []);
  if (deep!.length === 0 || shallow!.length === 0) return [];
  const cpu = spread(deep!.map((slice, i) => cpuPerOp(slice) / cpuPerOp(shallow![i]!)));
  const time = spread(deep!.map((slice, i) => opsPerSecond(shallow![i]!) / opsPerSecond(slice)));
  return [{ concurrency, cpu, time }];
}
