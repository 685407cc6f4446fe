import type { Clock } from '@holdfast/operation';
import type { BackoffStrategy } from './backoff-strategy.js';

/** How many retries a policy may add to the load, over all of its calls. */
export interface RetryBudgetArgs {
  /** Retries for each call, from 0 to 1. Default 0.2: a failing database sees at most a fifth more calls. */
  readonly ratio?: number;
  /** Retries each second that are allowed in any case, for services with few calls. Default 10. */
  readonly minRetriesPerSecond?: number;
}

export interface RetryArgs {
  /** The most attempts that are made, the first one included. An integer from 1. Default 3. */
  readonly maxRetries?: number;
  /** The delay before the second attempt. Default 100. */
  readonly retryDelayMs?: number;
  /** Default FIXED. */
  readonly backoffStrategy?: BackoffStrategy;
  /** The most that EXPONENTIAL grows to. Default 10 000. */
  readonly maxDelayMs?: number;
  /** `full` waits a random time between 0 and the delay, so that callers that failed together come back apart. Default `full`. */
  readonly jitter?: 'none' | 'full';
  /** Classes of errors that are not retried even though they say that they could be. Default none. */
  readonly nonRetryableExceptions?: readonly (abstract new (...args: never[]) => unknown)[];
  /**
   * The time for all attempts and delays together; null sets no limit. Default null. It goes along with the call: what
   * heeds it (a Database does, with statements that are under way) is given up when it has passed, and other work goes on.
   */
  readonly deadlineMs?: number | null;
  /** Null sets no limit. Default null. */
  readonly budget?: RetryBudgetArgs | null;
  /** Default `systemClock`. */
  readonly clock?: Clock;
  /** Numbers from 0 to 1 for the jitter. Default `Math.random`. */
  readonly random?: () => number;
}
