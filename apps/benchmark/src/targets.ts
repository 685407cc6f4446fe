import type { BulkMeasurement } from './bulk/compare-bulk.js';
import type { Measurement } from './comparison.js';

/** CPU time of an operation at 16 callers, at most, as a ratio to hand-written pg. */
const MOST_CPU = 0.9;
const operationsWithTarget: readonly string[] = ['get', 'search', 'create'];

/** Time and CPU time of a row among 100,000, at most, as a ratio to a row among 1,000. */
const MOST_PER_ROW = 1.2;
/** Memory of 100,000 rows, at most, in bytes above idle. */
const MOST_MEMORY = 64 * 1024 * 1024;
/** What holds all results cannot have one. */
const tasksWithout: readonly string[] = ['createReturning'];

/** The targets that the operations miss, as sentences. */
export function missedByOperations(measurements: readonly Measurement[]): readonly string[] {
  return measurements
    .filter(({ contender, concurrency }) => contender === 'holdfast' && concurrency === 16)
    .filter(({ operation, cpuRatio }) => operationsWithTarget.includes(operation) && cpuRatio.median > MOST_CPU)
    .map(({ operation, cpuRatio }) => missed(operation, 'CPU time as a ratio to pg', cpuRatio.median, MOST_CPU));
}

/** The targets that the bulk tasks miss, as sentences. */
export function missedByBulk(measurements: readonly BulkMeasurement[]): readonly string[] {
  return measurements
    .filter(({ task, contender }) => contender === 'holdfast' && !tasksWithout.includes(task))
    .flatMap(({ task, wallRatio, cpuRatio, memory }) => [
      ...(wallRatio.median > MOST_PER_ROW ? [missed(task, 'time per row', wallRatio.median, MOST_PER_ROW)] : []),
      ...(cpuRatio.median > MOST_PER_ROW ? [missed(task, 'CPU time per row', cpuRatio.median, MOST_PER_ROW)] : []),
      ...(memory.peak > MOST_MEMORY ? [missed(task, 'bytes above idle', memory.peak, MOST_MEMORY)] : []),
    ]);
}

function missed(what: string, figure: string, is: number, most: number): string {
  const digits = most < 100 ? 2 : 0;
  return `${what}: ${figure}: ${is.toFixed(digits)}, at most ${most.toFixed(digits)} is the target`;
}
