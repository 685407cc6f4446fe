import type { Measurement } from './comparison.js';

/** CPU time of an operation at 16 callers, at most, as a ratio to hand-written pg. */
const MOST_CPU = 0.9;
const targeted: readonly string[] = ['get', 'search', 'create'];

/** The targets that the operations miss, as sentences. */
export function missedTargets(operations: readonly Measurement[]): readonly string[] {
  return operations
    .filter(
      ({ operation, contender, concurrency }) =>
        contender === 'holdfast' && concurrency === 16 && targeted.includes(operation),
    )
    .filter(({ cpuRatio }) => cpuRatio.median > MOST_CPU)
    .map(
      ({ operation, cpuRatio }) =>
        `${operation} takes ${cpuRatio.median.toFixed(2)} of the CPU time of pg; at most ${MOST_CPU} is the target.`,
    );
}
