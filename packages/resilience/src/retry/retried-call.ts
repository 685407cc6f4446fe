import { isHoldfastError } from '@holdfast/errors';
import { isGivenUp, markGivenUp, type OperationGivenUp } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Answer, Way } from '../direct/answer.js';
import { promiseOf } from '../direct/promise-of.js';
import { backoff } from './backoff.js';
import { type FailedAttempt, listAttempts } from './failed-attempts.js';
import { retryAfterMsOf } from './retry-after-ms-of.js';
import type { RetryBudget } from './retry-budget.js';
import type { RetrySettings } from './retry-settings.js';

/** One call that is made again where its first attempt fails and another one may help. */
export class RetriedCall implements Answer {
  readonly #settings: RetrySettings;
  readonly #budget: RetryBudget | null;
  readonly #first: Call;
  readonly #next: Way;
  readonly #answer: Answer;

  constructor(settings: RetrySettings, budget: RetryBudget | null, first: Call, next: Way, answer: Answer) {
    this.#settings = settings;
    this.#budget = budget;
    this.#first = first;
    this.#next = next;
    this.#answer = answer;
  }

  give(value: unknown): void {
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    this.#again(error).then(
      (value) => this.#answer.give(value),
      (last: unknown) => this.#answer.fail(last),
    );
  }

  async #again(firstError: unknown): Promise<unknown> {
    const failed: FailedAttempt[] = [];
    let call = this.#first;
    let error = firstError;
    while (this.#mayHelp(call, error)) {
      const delayMs = await this.#waitedAfter(call, error);
      if (delayMs === null) {
        markGivenUp(error);
        break;
      }
      failed.push({ attempt: call.attempt, error, delayMs });
      call = call.with({ attempt: call.attempt + 1, isRetried: true });
      try {
        return await promiseOf(call, this.#next);
      } catch (newer) {
        error = newer;
      }
    }
    if (failed.length > 0) listAttempts(error, [...failed, { attempt: call.attempt, error, delayMs: null }]);
    throw error;
  }

  #mayHelp({ deadline }: Call, error: unknown): boolean {
    return (
      isHoldfastError(error) &&
      error.retryable &&
      error.outcome === 'not-committed' &&
      !isGivenUp(error) &&
      (deadline !== null || retryAfterMsOf(error) === null) &&
      !this.#settings.nonRetryableExceptions.some((type) => error instanceof type)
    );
  }

  /** Waits until the next attempt is due, and says how long; null if there shall be none. */
  async #waitedAfter(call: Call, error: unknown): Promise<number | null> {
    const { clock, maxRetries } = this.#settings;
    const { attempt, deadline, signal } = call;
    const giveUp = (reason: OperationGivenUp['reason']): null => {
      if (call.isHeard) call.tell({ kind: 'given-up', attempts: attempt, reason, error });
      return null;
    };
    if (call.hasCommitted) return giveUp('committed');
    if (attempt >= maxRetries) return giveUp('attempts');
    if (signal?.aborted) return giveUp('signal');
    const delayMs = backoff(this.#settings, attempt) + (retryAfterMsOf(error) ?? 0);
    if (deadline !== null && delayMs >= deadline.remainingMs) return giveUp('deadline');
    if (this.#budget?.take(clock.now()) === false) return giveUp('budget');
    if (call.isHeard) call.tell({ kind: 'retried', attempt, delayMs, error });
    try {
      await clock.sleep(delayMs, signal);
    } catch {
      return giveUp('signal');
    }
    return signal?.aborted ? giveUp('signal') : delayMs;
  }
}
