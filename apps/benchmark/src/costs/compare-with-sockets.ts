import type pg from 'pg';
import { cpuPerOp, ratio, type Round } from '../comparison.js';
import { OURS, REFERENCE, SOCKETS, TRANSACTION } from '../contenders/index.js';
import { markdownTable } from '../figures/markdown-table.js';
import { measure } from '../measure.js';
import { Measured } from '../measured.js';
import { openContenders } from '../open-contenders.js';
import type { OperationName } from '../operation-name.js';
import { MOST_CPU, MOST_CPU_TO_TRANSACTION } from '../operation-targets.js';

const OPERATIONS: readonly OperationName[] = ['update-one-trip', 'update', 'batch-update-1000'];
const NAMES = [REFERENCE, SOCKETS, OURS, TRANSACTION];
/** As whole runs are. */
const PLAN = { rounds: 3, sliceMs: 150, warmUp: { operations: 5_000, cpuMs: 800, rehearsalMs: 1_500 } };
const STARTS = 3;

/**
 * What targets of CPU time leave beside the bytes that have to go over sockets, as a table: medians of the ratios within
 * rounds.
 */
export async function compareWithSockets(client: pg.ClientBase, url: string, callers: number): Promise<string> {
  const operations = OPERATIONS.map((operation) => new Measured([operation]));
  const settle = async (): Promise<void> => void (await client.query('VACUUM ANALYZE sessions'));
  for (let start = 0; start < STARTS; start++) {
    const open = await openContenders(NAMES, url, callers);
    try {
      for (const measured of operations) await measure(open.processes, { ...PLAN, callers }, measured, settle);
    } finally {
      await open.close();
    }
  }
  const seen = operations.flatMap((measured) => [...measured.seen]);
  return markdownTable(
    ['CPU time as a ratio to', 'target', 'sockets alone', 'what that leaves', 'holdfast', 'beside sockets'],
    [REFERENCE, TRANSACTION].flatMap((to) => seen.map(([operation, rounds]) => lineOf(operation, rounds, to))),
  );
}

function lineOf(operation: OperationName, rounds: readonly Round[], to: string): readonly string[] {
  const most = to === REFERENCE ? MOST_CPU[operation]! : MOST_CPU_TO_TRANSACTION;
  const [sockets, ours] = [SOCKETS, OURS].map((name) => ratio(rounds, name, to, cpuPerOp).median) as [number, number];
  const figures = [most, sockets, most - sockets, ours, ours - sockets];
  return [`${to}, ${operation}`, ...figures.map((one) => one.toFixed(2))];
}
