import { breakerMetrics } from './policies/breaker-metrics.js';
import { budgetMetrics } from './policies/budget-metrics.js';
import { bulkheadMetrics } from './policies/bulkhead-metrics.js';
import { cacheMetrics } from './cache/cache-metrics.js';
import { databaseMetrics } from './database/database-metrics.js';
import { executionMetrics } from './database/execution-metrics.js';
import { layerMetrics } from './layer-metrics.js';
import type { MetricDefinition } from './metric-definition.js';
import { metricNamer, type MetricNamesArgs } from './metric-namer.js';
import { poolMetrics } from './database/pool-metrics.js';
import { recoveryMetrics } from './database/recovery-metrics.js';
import { transitionMetrics } from './policies/transition-metrics.js';

export type { MetricNamesArgs } from './metric-namer.js';

/** One metric as a page of the text format shows it. In OpenMetrics, the lines of every counter end in `_total`. */
export interface MetricName {
  readonly name: string;
  readonly type: MetricDefinition<never>['type'];
  /** Those of a histogram's buckets without `le`. */
  readonly labels: readonly string[];
  readonly help: string;
}

/** All metrics that a `PrometheusObserver` with these arguments shows, for dashboards, rules and their tests. Throws Misuse as it does. */
export function metricNames(args: MetricNamesArgs = {}): readonly MetricName[] {
  const nameOf = metricNamer(args);
  return [
    ...layerMetrics,
    ...transitionMetrics,
    ...breakerMetrics,
    ...budgetMetrics,
    ...bulkheadMetrics,
    ...poolMetrics,
    ...executionMetrics,
    ...databaseMetrics,
    ...recoveryMetrics,
    ...cacheMetrics,
  ].map((one) => ({ name: nameOf(one), type: one.type, labels: one.labels, help: one.help }));
}
