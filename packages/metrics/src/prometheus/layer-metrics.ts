import type { MetricDefinition } from './metric-definition.js';
import type { OperationCell } from './operation-cell.js';

const labels = ['domain', 'layer', 'operation'];

/**
 * The metrics of a layer. Their counters begin at 0 with the first event of an operation, as far as their labels can be
 * known by then, so that no increase is missed.
 */
export const layerMetrics: readonly MetricDefinition<OperationCell>[] = [
  {
    seeds: 'layer_operation_triggered_count',
    conventional: 'layer_operations_in_flight',
    type: 'gauge',
    labels,
    help: 'Operations of a layer that are being executed.',
    values: (cell) => [{ value: cell.running, labels: cell.labels }],
  },
  {
    seeds: 'layer_operation_count',
    conventional: 'layer_operations_total',
    type: 'counter',
    labels: [...labels, 'success'],
    help: 'Operations of a layer that have ended, by success.',
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
    seeds: 'layer_operation_error_count',
    conventional: 'layer_operation_errors_total',
    type: 'counter',
    labels: [...labels, 'error_code'],
    help: 'Operations of a layer that have failed, by error code.',
    values: (cell) => cell.errors.lines(cell.labels, 'error_code'),
    reset: (cell) => cell.errors.reset(),
  },
  {
    seeds: 'layer_retry_count',
    conventional: 'layer_retries_total',
    type: 'counter',
    labels,
    help: 'Retries of operations of a layer, counted when they are arranged.',
    values: (cell) => [{ value: cell.retried, labels: cell.labels }],
    reset: (cell) => {
      cell.retried = 0;
    },
  },
  {
    seeds: 'layer_operation_duration_sec',
    conventional: 'layer_operation_duration_seconds',
    type: 'histogram',
    labels,
    help: 'Time that operations of a layer took, in seconds.',
    values: (cell, name) => cell.durations.lines(cell.labels, name),
    reset: (cell) => cell.durations.reset(),
  },
  {
    seeds: 'layer_given_up_count',
    conventional: 'layer_given_up_total',
    type: 'counter',
    labels: [...labels, 'reason'],
    help: 'Operations of a layer that were not retried any more, by what was used up or came in between.',
    values: (cell) => cell.givenUp.lines(cell.labels, 'reason'),
    reset: (cell) => cell.givenUp.reset(),
  },
  {
    seeds: 'layer_timeout_count',
    conventional: 'layer_timeouts_total',
    type: 'counter',
    labels,
    help: 'Times that a call of a layer had no answer within its time.',
    values: (cell) => [{ value: cell.timedOut, labels: cell.labels }],
    reset: (cell) => {
      cell.timedOut = 0;
    },
  },
  {
    seeds: 'layer_rejection_count',
    conventional: 'layer_rejections_total',
    type: 'counter',
    labels: [...labels, 'policy'],
    help: 'Calls of a layer that a policy did not let through, by policy.',
    values: (cell) => cell.rejected.lines(cell.labels, 'policy'),
    reset: (cell) => cell.rejected.reset(),
  },
  {
    seeds: 'layer_fallback_count',
    conventional: 'layer_fallbacks_total',
    type: 'counter',
    labels,
    help: 'Calls of a layer that failed and were answered in another way.',
    values: (cell) => [{ value: cell.fellBack, labels: cell.labels }],
    reset: (cell) => {
      cell.fellBack = 0;
    },
  },
];
