import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardRepository, type StatementsOf } from '@holdfast/standard-repository';
import { ExecutionMetricDbSource } from './execution-metric-db-source.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { executionMetricRepositoryResilience } from './execution-resilience.js';
import type { CounterFigures, HistogramFigures, MetricFigures } from './metric-figures.js';
import type { HistogramPoint, MetricPoint, RecordedMetric, RecordResult } from './metric-points.js';
import type { MetricRange } from './metric-range.js';
import type { PointsQuery } from './point-list.js';
import { MOST_POINTS_AT_ONCE } from './record-points.js';
import type { AggregateQuery } from './value-figures.js';

type Rows = Scope<ExecutionMetricRow>;

/** Metrics of executions and users, their points, and what these come to. */
export class ExecutionMetricRepository extends standardRepository(
  executionMetricRepositoryResilience,
  ExecutionMetricDbSource,
) {
  static readonly statements: StatementsOf<ExecutionMetricRepository> = {
    // Of points of metrics that are new: they are looked for, created in pieces of 1,000, and looked for again.
    record: ({ rows }) => 3 + Math.ceil(rows / 1_000) + 2 * Math.ceil(rows / MOST_POINTS_AT_ONCE),
    listPoints: () => 1,
    listHistograms: () => 1,
    aggregate: () => 1,
    aggregateHistograms: () => 1,
    getIncrease: () => 1,
  };

  /**
   * Records points, all or none, and creates those of their metrics that are not there. What was recorded before stays
   * one, so that it may be called again wherever its outcome is not known. Throws `InvalidInput` for what is no metric or
   * no point, and `ExecutionMetricMismatch` where a metric is there with another type or other bounds.
   */
  @executionMetricRepositoryResilience.apply()
  record(scope: Rows, metrics: readonly RecordedMetric[], options?: WriteOptions): Promise<RecordResult> {
    return this.dbSource.record(scope, metrics, options);
  }

  /** Points of a counter or a gauge, the earliest first. None of a metric that is not there. */
  @executionMetricRepositoryResilience.apply()
  listPoints(
    scope: Rows,
    id: ExecutionMetricId,
    query: PointsQuery<MetricPoint> = {},
    options?: ReadOptions,
  ): Promise<readonly Required<MetricPoint>[]> {
    return this.dbSource.listPoints(scope, id, query, options);
  }

  /** The same of a histogram. */
  @executionMetricRepositoryResilience.apply()
  listHistograms(
    scope: Rows,
    id: ExecutionMetricId,
    query: PointsQuery<HistogramPoint> = {},
    options?: ReadOptions,
  ): Promise<readonly Required<HistogramPoint>[]> {
    return this.dbSource.listHistograms(scope, id, query, options);
  }

  /** Count, sum, least, greatest, mean, latest and percentiles of counters and gauges, by metric and time bucket. */
  @executionMetricRepositoryResilience.apply()
  aggregate(scope: Rows, query: AggregateQuery, options?: ReadOptions): Promise<readonly MetricFigures[]> {
    return this.dbSource.aggregate(scope, query, options);
  }

  /** The observations of histograms, by metric and time bucket, with percentiles made of their buckets. */
  @executionMetricRepositoryResilience.apply()
  aggregateHistograms(scope: Rows, query: AggregateQuery, options?: ReadOptions): Promise<readonly HistogramFigures[]> {
    return this.dbSource.aggregateHistograms(scope, query, options);
  }

  /** How much counters grew, and how fast, by metric and time bucket; a counter may begin again at zero. */
  @executionMetricRepositoryResilience.apply()
  getIncrease(scope: Rows, query: MetricRange, options?: ReadOptions): Promise<readonly CounterFigures[]> {
    return this.dbSource.getIncrease(scope, query, options);
  }
}
