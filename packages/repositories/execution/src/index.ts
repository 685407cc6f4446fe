export { ExecutionRepositories } from './repositories.js';
export { ExecutionRepository } from './execution-repository.js';
export { ExecutionMetricRepository } from './execution-metric-repository.js';
export { ExecutionConditions } from './execution-conditions.js';
export { ExecutionOrders } from './execution-orders.js';
export { executionFields } from './execution-fields.js';
export { ExecutionMetricConditions } from './execution-metric-conditions.js';
export { ExecutionMetricOrders } from './execution-metric-orders.js';
export { executionMetricFields } from './execution-metric-fields.js';
export { domainScope, metricDomainScope, metricUserScope, userScope } from './execution-scopes.js';
export { executionId } from './execution-id.js';
export { executionMetricId } from './execution-metric-id.js';
export { ExecutionStatus, EXECUTION_STATUSES, isLegalTransition, legalPredecessors } from './execution-status.js';
export { ExecutionMetricType, EXECUTION_METRIC_TYPES } from './execution-metric-type.js';
export { MetricRecorder } from './metric-recorder.js';
export { ExecutionPerformance } from './execution-performance.js';
export { ProcessMetrics } from './process-metrics.js';
export { systemMetrics } from './system-metrics.js';
export { histogramPercentile } from './histogram-percentile.js';
export { ExecutionNotFound } from './execution-not-found.js';
export { ExecutionAlreadyExists } from './execution-already-exists.js';
export { ExecutionStatusConflict } from './execution-status-conflict.js';
export { ExecutionMetricNotFound } from './execution-metric-not-found.js';
export { ExecutionMetricAlreadyExists } from './execution-metric-already-exists.js';
export { ExecutionMetricMismatch } from './execution-metric-mismatch.js';

export type { ExecutionRepositoryArgs } from './repositories.js';
export type { ExecutionId } from './execution-id.js';
export type { ExecutionInfo } from './execution-info.js';
export type { ExecutionCreationSpec } from './execution-creation-spec.js';
export type { ExecutionUpdate } from './execution-update.js';
export type { ExecutionMetricId } from './execution-metric-id.js';
export type { ExecutionMetricInfo } from './execution-metric-info.js';
export type { ExecutionMetricCreationSpec } from './execution-metric-creation-spec.js';
export type { ExecutionMetricUpdate } from './execution-metric-update.js';
export type { Metadata } from './execution-metadata.js';
export type { Tags } from './execution-tags.js';
export type { HistogramPoint, MetricPoint, RecordedMetric, RecordResult } from './metric-points.js';
export type { MetricRecorderArgs } from './metric-recorder.js';
export type { MetricOwner } from './process-metrics.js';
export type { PointsQuery } from './point-list.js';
export type { MetricRange } from './metric-range.js';
export type { AggregateQuery } from './value-figures.js';
export type { BucketOfMetric, CounterFigures, HistogramFigures, MetricFigures } from './metric-figures.js';

// For those who compose the parts themselves, or write conditions on rows.
export { ExecutionDbSource } from './execution-db-source.js';
export { ExecutionMetricDbSource } from './execution-metric-db-source.js';
export {
  executionDbSourceResilience,
  executionMetricDbSourceResilience,
  executionMetricRepositoryResilience,
  executionRepositoryResilience,
} from './execution-resilience.js';
export { ExecutionRow } from './execution-row.js';
export { ExecutionMetricRow } from './execution-metric-row.js';
