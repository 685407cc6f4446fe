import { breakerMetrics } from './policies/breaker-metrics.js';
import { budgetMetrics } from './policies/budget-metrics.js';
import { bulkheadMetrics } from './policies/bulkhead-metrics.js';
import { databaseMetrics } from './database/database-metrics.js';
import { executionMetrics } from './database/execution-metrics.js';
import { layerMetrics } from './layer-metrics.js';
import type { MetricDefinition } from './metric-definition.js';
import type { MetricNaming } from './metric-naming.js';
import { poolMetrics } from './database/pool-metrics.js';
import { recoveryMetrics } from './database/recovery-metrics.js';
import { transitionMetrics } from './policies/transition-metrics.js';

/** One metric as a page of the text format shows it. In OpenMetrics, the lines of every counter end in `_total`. */
export interface MetricName {
  readonly name: string;
  readonly type: MetricDefinition<never>['type'];
  /** Those of a histogram's buckets without `le`. */
  readonly labels: readonly string[];
  readonly help: string;
}

export interface MetricNamesArgs {
  /** Default `backendai`. */
  readonly prefix?: string;
  /** Default `seeds`. */
  readonly naming?: MetricNaming;
}

/** All metrics that a `PrometheusObserver` with these arguments shows, for dashboards, rules and their tests. */
export function metricNames(args: MetricNamesArgs = {}): readonly MetricName[] {
  const { prefix = 'backendai', naming = 'seeds' } = args;
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
  ].map(({ type, labels, help, ...names }) => ({ name: `${prefix}_${names[naming]}`, type, labels, help }));
}
