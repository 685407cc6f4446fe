import type { MetricDefinition } from '../metric-definition.js';
import type { MetricValue } from '../metric-value.js';
import type { CacheCell } from './cache-cell.js';

const labels = ['layer'];

/** The metrics of cache sources. All counters of a source begin at 0 with its first event. */
export const cacheMetrics: readonly MetricDefinition<CacheCell>[] = [
  {
    seeds: 'cache_read_count',
    conventional: 'cache_reads_total',
    type: 'counter',
    labels: [...labels, 'answer'],
    help: 'Reads through a cache source that had an answer, by where it came from.',
    values: (cell) => linesOf(cell, 'answer', cell.answers),
    reset: (cell) => clear(cell.answers),
  },
  {
    seeds: 'cache_read_duration_sec',
    conventional: 'cache_read_duration_seconds',
    type: 'histogram',
    labels,
    help: 'Time from a read through a cache source to its answer, in seconds.',
    values: (cell, name) => cell.durations.lines(cell.labels, name),
    reset: (cell) => cell.durations.reset(),
  },
  {
    seeds: 'cache_failure_count',
    conventional: 'cache_failures_total',
    type: 'counter',
    labels: [...labels, 'operation'],
    help: 'What a cache source was asked for and could not do, by operation.',
    values: (cell) => cell.failures.lines(cell.labels, 'operation'),
    reset: (cell) => cell.failures.reset(),
  },
  {
    seeds: 'cache_invalidation_count',
    conventional: 'cache_invalidations_total',
    type: 'counter',
    labels: [...labels, 'outcome'],
    help: 'Keys that writes concerned, by what became of telling the cache source.',
    values: (cell) => linesOf(cell, 'outcome', cell.invalidated),
    reset: (cell) => clear(cell.invalidated),
  },
  {
    seeds: 'cache_pending_invalidations',
    conventional: 'cache_pending_invalidations',
    type: 'gauge',
    labels,
    help: 'Keys whose invalidation is yet to be delivered.',
    values: (cell) => [{ value: cell.pending, labels: cell.labels }],
  },
];

function linesOf(cell: CacheCell, label: string, counts: Readonly<Record<string, number>>): readonly MetricValue[] {
  return Object.entries(counts).map(([key, value]) => ({ value, labels: { ...cell.labels, [label]: key } }));
}

function clear(counts: Record<string, number>): void {
  for (const key of Object.keys(counts)) counts[key] = 0;
}
