import type { Measurement } from './comparison.js';
import { printed } from './spread.js';

/** The lines of one operation as a table for the terminal. */
export function report(measurements: readonly Measurement[]): string {
  const { operation, concurrency } = measurements[0]!;
  const head = [
    'contender'.padEnd(20),
    '   ops/s',
    'CPU µs/op',
    '  p50 µs',
    '  p99 µs',
    '  CPU ratio to pg   ',
    '   ops ratio to pg  ',
  ];
  const lines = measurements.map(
    ({ contender, opsPerSecond, cpuMicrosPerOp, p50Micros, p99Micros, cpuRatio, opsRatio }) =>
      [
        contender.padEnd(20),
        opsPerSecond.toFixed(0).padStart(8),
        cpuMicrosPerOp.toFixed(1).padStart(9),
        p50Micros.toFixed(0).padStart(8),
        p99Micros.toFixed(0).padStart(8),
        printed(cpuRatio).padStart(20),
        printed(opsRatio).padStart(20),
      ].join('  '),
  );
  return [`\n${operation}, ${callers(concurrency)}`, head.join('  '), ...lines].join('\n');
}

export const callers = (concurrency: number): string => (concurrency === 1 ? '1 caller' : `${concurrency} callers`);
