import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardDbSource } from '@holdfast/standard-repository';
import { counterFigures } from './counter-figures.js';
import { executionMetricCreator } from './execution-metric-creator.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import { executionMetrics } from './execution-metric-operations.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { executionMetricUpdater } from './execution-metric-updater.js';
import { executionMetricDbSourceResilience } from './execution-resilience.js';
import { histogramFigures } from './histogram-figures.js';
import type { CounterFigures, HistogramFigures, MetricFigures } from './metric-figures.js';
import type { HistogramPoint, MetricPoint, RecordedMetric, RecordResult } from './metric-points.js';
import type { MetricRange } from './metric-range.js';
import { histogramList, type PointsQuery, valueList } from './point-list.js';
import { recordPoints } from './record-points.js';
import { type AggregateQuery, valueFigures } from './value-figures.js';

const standard = standardDbSource(executionMetricDbSourceResilience, {
  operations: executionMetrics,
  creator: executionMetricCreator,
  updater: executionMetricUpdater,
});

type Rows = Scope<ExecutionMetricRow>;

/** All SQL on metrics and their points. */
export class ExecutionMetricDbSource extends standard {
  @executionMetricDbSourceResilience.apply()
  record(scope: Rows, metrics: readonly RecordedMetric[], options?: WriteOptions): Promise<RecordResult> {
    return this.executor.execute(recordPoints(scope, metrics), options);
  }

  @executionMetricDbSourceResilience.apply()
  listPoints(
    scope: Rows,
    id: ExecutionMetricId,
    query: PointsQuery<MetricPoint>,
    options?: ReadOptions,
  ): Promise<readonly Required<MetricPoint>[]> {
    return this.executor.execute(valueList(scope, id, query), options);
  }

  @executionMetricDbSourceResilience.apply()
  listHistograms(
    scope: Rows,
    id: ExecutionMetricId,
    query: PointsQuery<HistogramPoint>,
    options?: ReadOptions,
  ): Promise<readonly Required<HistogramPoint>[]> {
    return this.executor.execute(histogramList(scope, id, query), options);
  }

  @executionMetricDbSourceResilience.apply()
  aggregate(scope: Rows, query: AggregateQuery, options?: ReadOptions): Promise<readonly MetricFigures[]> {
    return this.executor.execute(valueFigures(scope, query), options);
  }

  @executionMetricDbSourceResilience.apply()
  aggregateHistograms(scope: Rows, query: AggregateQuery, options?: ReadOptions): Promise<readonly HistogramFigures[]> {
    return this.executor.execute(histogramFigures(scope, query), options);
  }

  @executionMetricDbSourceResilience.apply()
  getIncrease(scope: Rows, query: MetricRange, options?: ReadOptions): Promise<readonly CounterFigures[]> {
    return this.executor.execute(counterFigures(scope, query), options);
  }
}
