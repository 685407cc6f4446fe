import type { PoolFigures } from './database-figures.js';
import { figureMetric } from '../figure-metric.js';
import type { FiguresCell } from '../figures-cell.js';
import type { MetricDefinition } from '../metric-definition.js';
import type { MetricValue } from '../metric-value.js';

type PoolCell = FiguresCell<'database', PoolFigures>;

const label = 'database';

export const poolMetrics: readonly MetricDefinition<PoolCell>[] = [
  {
    seeds: 'database_pool_connections',
    conventional: 'database_pool_connections',
    type: 'gauge',
    labels: [label, 'state'],
    help: 'Connections of the pool of a database, by whether they are used.',
    values: (cell) => [
      ...linesOf(cell, 'idle', ({ idle }) => idle),
      ...linesOf(cell, 'used', ({ total, idle }) => total - idle),
    ],
  },
  figureMetric('database_pool_max_connections', label, 'The most connections that the pool opens.', (one) => one.max),
  figureMetric('database_pool_waiting', label, 'Calls that wait for a connection.', (one) => one.waiting),
];

function linesOf(cell: PoolCell, state: string, figure: (figures: PoolFigures) => number): readonly MetricValue[] {
  const value = cell.sum(figure);
  return value === null ? [] : [{ value, labels: { ...cell.labels, state } }];
}
