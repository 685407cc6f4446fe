import type { ExecutionMetricId } from './execution-metric-id.js';

/** Of which metric and which bucket figures are. Buckets without points are left out. */
export interface BucketOfMetric {
  readonly metricId: ExecutionMetricId;
  /** When the bucket begins. */
  readonly at: Date;
}

/** Of the values of a counter or a gauge in a bucket. NaN is the greatest, as PostgreSQL has it. */
export interface MetricFigures extends BucketOfMetric {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly avg: number;
  /** The value of the latest point. */
  readonly last: number;
  /** In the order in which they were asked for: exact, and between two values in proportion. */
  readonly percentiles: readonly number[];
}

/** How much a counter grew in a bucket. */
export interface CounterFigures extends BucketOfMetric {
  /**
   * From point to point; to the first of the range from the one before it. A value below the one before it counts from
   * zero: the counter began again. The first point that there is adds nothing, as it is not known what it grew by.
   */
  readonly increase: number;
  /** Per second of the bucket. */
  readonly rate: number;
}

/** Of the observations of a histogram in a bucket. */
export interface HistogramFigures extends BucketOfMetric {
  /** One for each bound, and one for what is above. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
  /** Null where no point says. */
  readonly min: number | null;
  readonly max: number | null;
  /** In the order in which they were asked for, as `histogramPercentile` has them. */
  readonly percentiles: readonly number[];
}
