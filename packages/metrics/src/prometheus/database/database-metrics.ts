import type { DatabaseCell } from './database-cell.js';
import type { MetricDefinition } from '../metric-definition.js';

const labels = ['database'];

export const databaseMetrics: readonly MetricDefinition<DatabaseCell>[] = [
  {
    seeds: 'database_connection_wait_sec',
    conventional: 'database_connection_wait_seconds_total',
    type: 'counter',
    labels,
    help: 'Time that operations have waited for a connection, in seconds.',
    values: (cell) => [{ value: cell.waitedMs / 1000, labels: cell.labels }],
    reset: (cell) => {
      cell.waitedMs = 0;
    },
  },
  {
    seeds: 'database_commit_resolution_duration_sec',
    conventional: 'database_commit_resolution_duration_seconds',
    type: 'histogram',
    labels,
    help: 'Time from the loss of the answer to a COMMIT to the verdict on it, in seconds.',
    values: (cell, name) => cell.resolutions.lines(cell.labels, name),
    reset: (cell) => cell.resolutions.reset(),
  },
];
