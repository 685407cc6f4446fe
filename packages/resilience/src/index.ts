export { Resilience } from './resilience.js';
export { useResilience } from './use-resilience.js';
export { repositoryResilience } from './repository-resilience.js';
export { sourceResilience } from './source-resilience.js';
export { MetricPolicy } from './metric/metric-policy.js';
export { RetryPolicy } from './retry/retry-policy.js';
export { attemptsOf } from './retry/failed-attempts.js';
export { BackoffStrategy } from './retry/backoff-strategy.js';
export { CircuitBreakerPolicy } from './breaker/circuit-breaker-policy.js';
export { CircuitOpen } from './breaker/circuit-open.js';
export { isOutage } from './breaker/is-outage.js';
export { isAnswer } from './breaker/is-answer.js';
export { BulkheadPolicy } from './bulkhead/bulkhead-policy.js';
export { BulkheadFull } from './bulkhead/bulkhead-full.js';
export { BulkheadTimeout } from './bulkhead/bulkhead-timeout.js';
export { TimeoutPolicy } from './timeout/timeout-policy.js';
export { TimedOut } from './timeout/timed-out.js';
export { FallbackPolicy } from './fallback/fallback-policy.js';
export { withFallback } from './fallback/with-fallback.js';
export { isReplaceable } from './fallback/is-replaceable.js';
export { NoPolicy } from './no-policy.js';

export type { ResilienceArgs } from './resilience.js';
export type { ResilientMethod } from './method-decorator.js';
export type { MetricArgs } from './metric/metric-policy.js';
export type { RetryArgs, RetryBudgetArgs } from './retry/retry-args.js';
export type { BudgetFigures } from './retry/retry-budget.js';
export type { FailedAttempt } from './retry/failed-attempts.js';
export type { CircuitBreakerArgs, FailureShare, FailuresInARow } from './breaker/circuit-breaker-args.js';
export type { BreakerSnapshot } from './breaker/breaker-snapshot.js';
export type { CircuitOpenArgs } from './breaker/circuit-open.js';
export type { PastCall } from './breaker/outcome-window.js';
export type { FallbackArgs } from './fallback/fallback-policy.js';
export type { WithFallbackArgs } from './fallback/with-fallback.js';
export type { BulkheadArgs } from './bulkhead/bulkhead-args.js';
export type { BulkheadFigures } from './bulkhead/bulkhead-policy.js';
export type { TimeoutArgs } from './timeout/timeout-args.js';

// For policies of your own, and of others.
export { fromCockatiel } from './interop/from-cockatiel.js';
export { LazySignal } from './lazy-signal.js';

export type { Policy } from './policy.js';
export type { Call, CallChanges } from './call.js';
export type { Hold } from './hold.js';
export type { SignalSource } from './signal-source.js';
export type { CockatielContext, CockatielPolicy, FromCockatielArgs } from './interop/from-cockatiel.js';
export type { AsyncFunction } from './whole-call.js';
