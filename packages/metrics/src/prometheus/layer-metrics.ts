import { DURATION_BUCKETS } from './duration-buckets.js';
import type { MetricDefinition, MetricValue } from './layer-metric.js';
import type { OperationCell } from './operation-cell.js';

/** The five metrics of a layer. Their counters begin at 0 with the first event of an operation, so that no increase is missed. */
export function layerMetrics(prefix: string): readonly MetricDefinition[] {
  return [
    {
      name: `${prefix}_layer_operation_triggered_count`,
      help: 'Operations of a layer that are being executed.',
      type: 'gauge',
      values: ({ labels, running }) => [{ value: running, labels }],
      reset: () => undefined, // What runs now goes on running.
    },
    {
      name: `${prefix}_layer_operation_count`,
      help: 'Operations of a layer that have ended, by success.',
      type: 'counter',
      values: ({ labels, succeeded, failed }) => [
        { value: succeeded, labels: { ...labels, success: 'true' } },
        { value: failed, labels: { ...labels, success: 'false' } },
      ],
      reset: (cell) => {
        cell.succeeded = 0;
        cell.failed = 0;
      },
    },
    {
      name: `${prefix}_layer_operation_error_count`,
      help: 'Operations of a layer that have failed, by error code.',
      type: 'counter',
      values: ({ labels, errors }) =>
        Array.from(errors, ([code, value]) => ({ value, labels: { ...labels, error_code: code } })),
      reset: (cell) => cell.errors.clear(),
    },
    {
      name: `${prefix}_layer_retry_count`,
      help: 'Retries of operations of a layer.',
      type: 'counter',
      values: ({ labels, retried }) => [{ value: retried, labels }],
      reset: (cell) => {
        cell.retried = 0;
      },
    },
    {
      name: `${prefix}_layer_operation_duration_sec`,
      help: 'Time that operations of a layer took, in seconds.',
      type: 'histogram',
      values: durationValues,
      reset: (cell) => {
        cell.durations.fill(0);
        cell.durationSum = 0;
      },
    },
  ];
}

function durationValues({ labels, durations, durationSum }: OperationCell, name: string): readonly MetricValue[] {
  let count = 0;
  const buckets = Array.from(durations, (calls, index): MetricValue => {
    count += calls;
    const le = DURATION_BUCKETS[index] ?? '+Inf';
    return { value: count, labels: { le }, sharedLabels: labels, metricName: `${name}_bucket` };
  });
  return [
    ...buckets,
    { value: durationSum, labels: {}, sharedLabels: labels, metricName: `${name}_sum` },
    { value: count, labels: {}, sharedLabels: labels, metricName: `${name}_count` },
  ];
}
