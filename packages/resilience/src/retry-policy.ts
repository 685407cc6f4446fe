import { isHoldfastError } from '@holdfast/errors';
import {
  ambientSession,
  Deadline,
  isGivenUp,
  markGivenUp,
  operationsAreObserved,
  publishOperation,
} from '@holdfast/operation';
import { backoff } from './backoff.js';
import type { Call } from './call.js';
import type { Policy } from './policy.js';
import type { RetryArgs } from './retry-args.js';
import { RetryBudget } from './retry-budget.js';
import { type RetrySettings, retrySettings } from './retry-settings.js';

/**
 * Makes a failed call again where the error says that this is safe and may help: one of Holdfast's errors,
 * `retryable`, with the outcome `not-committed`. All other errors, foreign ones too, reach the caller at once.
 *
 * The caller always sees the last real error. It gives up as soon as the attempts, the deadline or the budget are used up,
 * the delay does not fit before the deadline, or the signal has aborted. Inside an open dbSession it steps aside: a part
 * of a transaction cannot be replayed. Where retries are nested, the innermost one is the only one that acts.
 */
export class RetryPolicy implements Policy {
  readonly name = 'retry';
  readonly #settings: RetrySettings;
  readonly #budget: RetryBudget | null;

  /** Throws Misuse for values that make no sense. */
  constructor(args: RetryArgs = {}) {
    this.#settings = retrySettings(args);
    this.#budget = this.#settings.budget === null ? null : new RetryBudget(this.#settings.budget);
  }

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    if (ambientSession() !== null) return next(call);
    const { deadlineMs, clock } = this.#settings;
    this.#budget?.countCall(clock.now());
    const deadline = deadlineMs === null ? call.deadline : Deadline.after(deadlineMs, clock).within(call.deadline);
    const first = call.with({ attempt: 1, deadline });
    return next(first).then(null, (error: unknown) => this.#again(first, next, error));
  }

  async #again<Result>(first: Call, next: (call: Call) => Promise<Result>, firstError: unknown): Promise<Result> {
    let call = first;
    let error = firstError;
    while (this.#mayHelp(error)) {
      if (!(await this.#waitedAfter(call, error))) {
        markGivenUp(error);
        break;
      }
      call = call.with({ attempt: call.attempt + 1 });
      try {
        return await next(call);
      } catch (newer) {
        error = newer;
      }
    }
    throw error;
  }

  #mayHelp(error: unknown): boolean {
    return (
      isHoldfastError(error) &&
      error.retryable &&
      error.outcome === 'not-committed' &&
      !isGivenUp(error) &&
      !this.#settings.nonRetryableExceptions.some((type) => error instanceof type)
    );
  }

  /** Waits until the next attempt is due; false if there shall be none. */
  async #waitedAfter(call: Call, error: unknown): Promise<boolean> {
    const { maxRetries, clock } = this.#settings;
    if (call.attempt >= maxRetries || call.signal?.aborted) return false;
    const delayMs = backoff(this.#settings, call.attempt);
    if (call.deadline !== null && delayMs >= call.deadline.remainingMs) return false;
    if (this.#budget?.take(clock.now()) === false) return false;
    if (operationsAreObserved()) {
      const { layer: at, operation, source, attempt } = call;
      publishOperation({ kind: 'retried', at, operation, source, attempt, delayMs, error });
    }
    try {
      await clock.sleep(delayMs, call.signal);
    } catch {
      return false;
    }
    return !call.signal?.aborted;
  }
}
