import type { MetricDefinition } from '../metric-definition.js';
import type { RecoveryCell } from './recovery-cell.js';

const labels = ['database', 'operation'];

export const recoveryMetrics: readonly MetricDefinition<RecoveryCell>[] = [
  {
    seeds: 'database_replay_count',
    conventional: 'database_replays_total',
    type: 'counter',
    labels,
    help: 'Transactions that were made again because they had collided with another one.',
    values: (cell) => [{ value: cell.replays, labels: cell.labels }],
    reset: (cell) => {
      cell.replays = 0;
    },
  },
  {
    seeds: 'database_commit_resolution_count',
    conventional: 'database_commit_resolutions_total',
    type: 'counter',
    labels: [...labels, 'verdict'],
    help: 'Commits whose answer was lost, by what became of them.',
    values: (cell) => cell.resolutions.lines(cell.labels, 'verdict'),
    reset: (cell) => cell.resolutions.reset(),
  },
];
