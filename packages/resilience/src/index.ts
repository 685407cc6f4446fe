export { Resilience } from './resilience.js';
export { useResilience } from './use-resilience.js';
export { repositoryResilience } from './repository-resilience.js';
export { sourceResilience } from './source-resilience.js';
export { MetricPolicy } from './metric-policy.js';
export { RetryPolicy } from './retry-policy.js';
export { BackoffStrategy } from './backoff-strategy.js';
export { NoPolicy } from './no-policy.js';

export type { ResilienceArgs, ResilientMethod } from './resilience.js';
export type { MetricArgs } from './metric-policy.js';
export type { RetryArgs, RetryBudgetArgs } from './retry-args.js';

// For policies of your own.
export type { Policy } from './policy.js';
export type { Call, CallChanges } from './call.js';
export type { AsyncFunction } from './running-call.js';
