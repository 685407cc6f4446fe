export { PrometheusObserver } from './prometheus-observer.js';
export { metricNames } from './metric-names.js';

export type { DatabaseFigures, PoolFigures } from './database/database-figures.js';
export type { MetricName, MetricNamesArgs } from './metric-names.js';
export type { MetricNaming } from './metric-naming.js';
export type { PrometheusObserverArgs } from './prometheus-observer-args.js';
export type { PolicyStack } from './policies/policy-stack.js';
export type { PrometheusRegistry, RegisteredMetric } from './prometheus-registry.js';
