/** What the points of a metric are. */
export const ExecutionMetricType = Object.freeze({
  /** Sums that only grow, and begin again at zero. */
  COUNTER: 'counter',
  /** Values that go up and down. */
  GAUGE: 'gauge',
  /** How many observations since the point before fell between which bounds. */
  HISTOGRAM: 'histogram',
});

export type ExecutionMetricType = (typeof ExecutionMetricType)[keyof typeof ExecutionMetricType];

export const EXECUTION_METRIC_TYPES: readonly ExecutionMetricType[] = Object.freeze(Object.values(ExecutionMetricType));
