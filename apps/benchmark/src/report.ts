import type { Measurement } from './comparison.js';

/** The lines of one operation as a table for the terminal. */
export function report(measurements: readonly Measurement[]): string {
  const { operation, concurrency } = measurements[0]!;
  const lines = measurements.map(
    ({ contender, opsPerSecond, cpuMicrosPerOp, p50Micros, p99Micros, cpuRatio, opsRatio }) =>
      [
        contender.padEnd(10),
        opsPerSecond.toFixed(0).padStart(8),
        cpuMicrosPerOp.toFixed(1).padStart(10),
        p50Micros.toFixed(0).padStart(9),
        p99Micros.toFixed(0).padStart(9),
        `${cpuRatio.median.toFixed(2)} (${cpuRatio.min.toFixed(2)} to ${cpuRatio.max.toFixed(2)})`.padStart(21),
        opsRatio.median.toFixed(2).padStart(6),
      ].join('  '),
  );
  const head = 'contender        ops/s  CPU µs/op  p50 µs     p99 µs    CPU ratio to pg      ops ratio';
  return [`\n${operation}, ${concurrency} callers`, head, ...lines].join('\n');
}
