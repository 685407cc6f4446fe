import { BackoffStrategy, BulkheadPolicy, type Policy, RetryPolicy, sourceResilience } from '@holdfast/resilience';

/** What calls of servers outside run in, `metrics(retry(bulkhead(call)))`, to be ended by the time of an attempt. */
export function clientPolicies(name: string, label: string, retryDelayMs = 500): readonly Policy[] {
  return [
    ...sourceResilience(name, 'client').policies,
    new RetryPolicy({ maxRetries: 4, retryDelayMs, backoffStrategy: BackoffStrategy.EXPONENTIAL }),
    new BulkheadPolicy({ label, maxConcurrent: 16, maxQueued: 1_000 }),
  ];
}
