import { MOST_OVERHEAD, MOST_TO_COCKATIEL } from '../targets.js';
import type { Overhead } from './overhead.js';

/** What each contender adds as a table for the terminal. */
export function reportOverheads(overheads: readonly Overhead[], bareNanos: number, toCockatiel: number): string {
  const lines = overheads.map(({ contender, median, p10 }) => {
    const most = MOST_OVERHEAD.get(contender);
    const target = most === undefined ? '' : `below ${most}`;
    return [contender.padEnd(32), nanos(median), nanos(p10), target].join('  ').trimEnd();
  });
  return [
    `ns of CPU time over a bare call, which takes ${bareNanos.toFixed(0)}`,
    ['contender'.padEnd(32), 'median'.padStart(8), 'p10'.padStart(8), 'target'].join('  '),
    ...lines,
    `\nretry+breaker+timeout as a ratio to that of cockatiel: ${toCockatiel.toFixed(3)}, at most ${MOST_TO_COCKATIEL} is the target`,
  ].join('\n');
}

function nanos(value: number): string {
  return value.toFixed(0).padStart(8);
}
