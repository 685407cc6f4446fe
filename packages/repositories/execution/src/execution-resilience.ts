import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on executions. */
export const executionRepositoryResilience = repositoryResilience('execution_repository');

/** `metrics(call)` of every database operation on executions. */
export const executionDbSourceResilience = sourceResilience('execution_db_source');

/** `metrics(retry(call))` of every repository operation on metrics. */
export const executionMetricRepositoryResilience = repositoryResilience('execution_metric_repository');

/** `metrics(call)` of every database operation on metrics. */
export const executionMetricDbSourceResilience = sourceResilience('execution_metric_db_source');
