import type { LayerType } from '@holdfast/operation';
import { BackoffStrategy } from './retry/backoff-strategy.js';
import { MetricPolicy } from './metric/metric-policy.js';
import { Resilience } from './resilience.js';
import type { RetryArgs } from './retry/retry-args.js';
import { RetryPolicy } from './retry/retry-policy.js';

/**
 * The default stack of a repository, `metrics(retry(call))`: at most 10 attempts, 100 ms apart (FIXED, full jitter),
 * within 10 s in all, and no more retries than a fifth of the calls (10 each second in any case). `retry` changes single
 * values: a repository whose batches take longer than that says `{ deadlineMs: null }`, or gives more.
 */
export function repositoryResilience(layer: LayerType, retry: RetryArgs = {}): Resilience {
  return new Resilience({
    name: layer,
    policies: [
      new MetricPolicy({ domain: 'repository', layer, ...(retry.clock && { clock: retry.clock }) }),
      new RetryPolicy({
        maxRetries: 10,
        retryDelayMs: 100,
        backoffStrategy: BackoffStrategy.FIXED,
        jitter: 'full',
        deadlineMs: 10_000,
        budget: { ratio: 0.2 },
        ...retry,
      }),
    ],
  });
}
