import { BackoffStrategy } from './backoff-strategy.js';
import type { RetrySettings } from './retry-settings.js';

/** Milliseconds to wait after attempt number `attempt` has failed. */
export function backoff(settings: RetrySettings, attempt: number): number {
  const ceiling =
    settings.backoffStrategy === BackoffStrategy.FIXED
      ? settings.retryDelayMs
      : Math.min(settings.maxDelayMs, settings.retryDelayMs * Math.min(2 ** (attempt - 1), Number.MAX_VALUE));
  return settings.jitter === 'none' ? ceiling : ceiling * settings.random();
}
