export { PrometheusObserver } from './prometheus-observer.js';

export type { PrometheusObserverArgs } from './prometheus-observer.js';
export type { PrometheusRegistry, RegisteredMetric } from './prometheus-registry.js';
