import { printed } from '../spread.js';
import { type BulkMeasurement, LARGE, SMALL } from './compare-bulk.js';

const MB = 1024 * 1024;

/** The lines of one bulk task as a table for the terminal. */
export function reportBulk(measurements: readonly BulkMeasurement[]): string {
  const lines = measurements.map(
    ({ contender, wallMicrosPerRow, cpuMicrosPerRow, wallRatio, cpuRatio, cpuRatioToPg, memory }) =>
      [
        contender.padEnd(10),
        wallMicrosPerRow.toFixed(1).padStart(6),
        cpuMicrosPerRow.toFixed(1).padStart(10),
        printed(wallRatio).padStart(20),
        printed(cpuRatio).padStart(20),
        cpuRatioToPg.toFixed(2).padStart(15),
        inMb(memory.idle).padStart(7),
        inMb(memory.peak).padStart(12),
        inMb(memory.held).padStart(10),
      ].join('  '),
  );
  const head =
    'contender   µs/row  CPU µs/row            time ratio             CPU ratio  CPU ratio to pg  idle MB  peak over MB   held MB';
  return [
    `\n${measurements[0]!.task}, ${LARGE} rows in one call, and as a ratio to calls of ${SMALL}`,
    head,
    ...lines,
  ].join('\n');
}

function inMb(bytes: number | null): string {
  return bytes === null ? '-' : (bytes / MB).toFixed(0);
}
