import type { Comparison } from './compare-operations.js';
import type { Measurement } from './comparison.js';
import { OURS, TRANSACTION } from './contenders/index.js';
import type { OperationName } from './operation-name.js';
import { callers } from './report.js';

/** Whether CPU time has targets there: with many callers, of 10,000 rows with the one that there is. */
const hasTargets = ({ operation, concurrency }: Pick<Measurement, 'operation' | 'concurrency'>): boolean =>
  concurrency === 16 || operation === 'bulk-create-10000';

/** CPU time of our operations, at most, as a ratio to hand-written pg. */
export const MOST_CPU: Readonly<Partial<Record<OperationName, number>>> = {
  get: 0.75,
  search: 0.65,
  'search-total': 0.5,
  create: 0.7,
  'update-one-trip': 0.7,
  'delete-one-trip': 0.7,
  update: 1.1,
  delete: 1.1,
  purge: 1.1,
  upsert: 1.1,
  'unit-of-work': 0.65,
  'bulk-create-1000': 0.8,
  'bulk-create-10000': 0.8,
  'batch-update-1000': 0.8,
  'batch-purge-1000': 0.8,
};
/** CPU time of each of our operations, at most, as a ratio to TypeORM's transaction. */
export const MOST_CPU_TO_TRANSACTION = 0.35;
/** A page behind 100,000 rows, at most, as a ratio to the first one: CPU time, and time. */
const MOST_AT_DEPTH = 1.3;
/** Ours finds out what became of these when an answer is lost; those that commit with the statement do not. */
const RESOLVED: readonly OperationName[] = [
  'update',
  'delete',
  'purge',
  'upsert',
  'batch-update-1000',
  'batch-purge-1000',
];

/** The targets of the operations that are missed, as sentences. */
export function missedByOperations({ measurements, ours, depths }: Comparison): readonly string[] {
  const missed = (what: string, figure: string, is: number, bound: string): string =>
    `${what}: ${figure} ${is.toFixed(2)}, ${bound}`;
  const toPg = measurements
    .filter((one) => one.contender === OURS && hasTargets(one))
    .flatMap(({ operation, cpuRatio: { median } }) => {
      const most = MOST_CPU[operation];
      if (most === undefined || median <= most) return [];
      return [missed(operation, 'CPU time as a ratio to pg', median, `at most ${most.toFixed(2)} is the target`)];
    });
  const toOthers = ours.flatMap(({ operation, concurrency, cpuToTransaction, opsTo }) => {
    const what = `${operation}, ${callers(concurrency)}`;
    const slower = opsTo
      .filter(({ contender }) => contender === TRANSACTION || !RESOLVED.includes(operation))
      .filter(({ ratio }) => ratio.median < 1)
      .map(({ contender, ratio }) =>
        missed(what, `operations per second as a ratio to ${contender}`, ratio.median, 'at least 1.00 is the target'),
      );
    const most = MOST_CPU_TO_TRANSACTION;
    if (!hasTargets({ operation, concurrency }) || cpuToTransaction === null || cpuToTransaction.median <= most)
      return slower;
    const figure = `CPU time as a ratio to ${TRANSACTION}`;
    return [missed(operation, figure, cpuToTransaction.median, `at most ${most} is the target`), ...slower];
  });
  const atDepth = depths.flatMap(({ concurrency, ...costs }) =>
    (['cpu', 'time'] as const)
      .filter((cost) => costs[cost].median > MOST_AT_DEPTH)
      .map((cost) => {
        const figure = `${cost === 'cpu' ? 'CPU time' : 'time'} as a ratio to the first page`;
        const what = `cursor-deep, ${callers(concurrency)}`;
        return missed(what, figure, costs[cost].median, `at most ${MOST_AT_DEPTH} is the target`);
      }),
  );
  return [...toPg, ...toOthers, ...atDepth];
}
