import type { Measurement } from './comparison.js';
import { printed } from './spread.js';

/** The lines of one operation as a table for the terminal. */
export function report(measurements: readonly Measurement[]): string {
  const { operation, concurrency, toTransaction } = measurements[0]!;
  const head = [
    'contender'.padEnd(20),
    '   ops/s',
    'CPU µs/op',
    '  p50 µs',
    '  p99 µs',
    '  CPU ratio to pg   ',
    ' ops ratio',
  ];
  if (toTransaction !== null) head.push('CPU ratio to pg-transaction', 'ops ratio');
  const lines = measurements.map((measurement) => {
    const { contender, opsPerSecond, cpuMicrosPerOp, p50Micros, p99Micros, cpuRatio, opsRatio } = measurement;
    const cells = [
      contender.padEnd(20),
      opsPerSecond.toFixed(0).padStart(8),
      cpuMicrosPerOp.toFixed(1).padStart(9),
      p50Micros.toFixed(0).padStart(8),
      p99Micros.toFixed(0).padStart(8),
      printed(cpuRatio).padStart(20),
      opsRatio.median.toFixed(2).padStart(10),
    ];
    const { toTransaction: other } = measurement;
    if (other !== null) cells.push(printed(other.cpuRatio).padStart(27), other.opsRatio.median.toFixed(2).padStart(9));
    return cells.join('  ');
  });
  return [`\n${operation}, ${concurrency} callers`, head.join('  '), ...lines].join('\n');
}
