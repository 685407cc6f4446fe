import type { ExecutionCell } from './execution-cell.js';
import type { MetricDefinition } from '../metric-definition.js';

const labels = ['database', 'entity', 'operation'];

export const executionMetrics: readonly MetricDefinition<ExecutionCell>[] = [
  {
    seeds: 'database_operation_count',
    conventional: 'database_operations_total',
    type: 'counter',
    labels: [...labels, 'success'],
    help: 'Operations that a database was asked for and that have ended, by success.',
    values: (cell) => [
      { value: cell.succeeded, labels: { ...cell.labels, success: 'true' } },
      { value: cell.failed, labels: { ...cell.labels, success: 'false' } },
    ],
    reset: (cell) => {
      cell.succeeded = 0;
      cell.failed = 0;
    },
  },
  {
    seeds: 'database_statement_count',
    conventional: 'database_statements_total',
    type: 'counter',
    labels,
    help: 'Statements that the server has completed, BEGIN, COMMIT and settings among them.',
    values: (cell) => [{ value: cell.statements, labels: cell.labels }],
    reset: (cell) => {
      cell.statements = 0;
    },
  },
  {
    seeds: 'database_slow_operation_count',
    conventional: 'database_slow_operations_total',
    type: 'counter',
    labels,
    help: 'Operations that took longer than the database was told to expect.',
    values: (cell) => [{ value: cell.slow, labels: cell.labels }],
    reset: (cell) => {
      cell.slow = 0;
    },
  },
];
