import { isHoldfastError } from '@holdfast/errors';
import { Deadline, isGivenUp, markGivenUp, type OperationGivenUp } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Answer, Way } from '../direct/answer.js';
import { promiseOf } from '../direct/promise-of.js';
import { UnlessFailed } from '../direct/unless-failed.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import { backoff } from './backoff.js';
import { type FailedAttempt, listAttempts } from './failed-attempts.js';
import { retryAfterMsOf } from './retry-after-ms-of.js';
import type { RetryArgs } from './retry-args.js';
import { type BudgetFigures, RetryBudget } from './retry-budget.js';
import { type RetrySettings, retrySettings } from './retry-settings.js';

/**
 * Makes a failed call again where the error says that this is safe and may help: one of Holdfast's errors,
 * `retryable`, with the outcome `not-committed`. All other errors, foreign ones too, reach the caller at once.
 *
 * The caller always sees the last real error, and `attemptsOf` lists the ones before. It gives up as soon as the attempts,
 * the deadline or the budget are used up, the delay does not fit before the deadline, or the signal has aborted. Inside an
 * open dbSession it steps aside: a part of a transaction cannot be replayed. Where retries are nested, the outermost one is
 * the only one that acts.
 *
 * An error that says when to come again (`retryAfterMs`, as an open circuit does) is waited for that long and the delay
 * besides, if that fits before the deadline of the call; without a deadline it reaches the caller at once.
 *
 * What an attempt has committed stands: where it fails later, it is not made again as a whole. From then on retries inside
 * of it make their own parts again.
 */
export class RetryPolicy extends DirectPolicy {
  readonly name = 'retry';
  readonly #settings: RetrySettings;
  readonly #budget: RetryBudget | null;

  /** Throws Misuse for values that make no sense. */
  constructor(args: RetryArgs = {}) {
    super();
    this.#settings = retrySettings(args);
    this.#budget = this.#settings.budget === null ? null : new RetryBudget(this.#settings.budget);
  }

  /** What is left of the budget at this moment, or null where there is none. */
  get budget(): BudgetFigures | null {
    return this.#budget?.figures(this.#settings.clock.now()) ?? null;
  }

  start(call: Call, next: Way, answer: Answer): void {
    if (call.isInSession) return next(call, answer);
    const { deadlineMs, maxRetries, clock } = this.#settings;
    let { deadline } = call;
    if (deadlineMs !== null || this.#budget !== null) {
      const now = clock.now();
      if (!call.isRetried) this.#budget?.countCall(now);
      if (deadlineMs !== null) deadline = Deadline.after(deadlineMs, clock, now).within(deadline);
    }
    if (call.isRetried || maxRetries === 1) {
      return next(deadline === call.deadline ? call : call.with({ deadline }), answer);
    }
    const first = call.with({ attempt: 1, deadline, isRetried: true });
    next(first, new UnlessFailed(answer, (error) => this.#again(first, next, error)));
  }

  /** Gives the budget back that earlier calls have used. */
  reset(): void {
    this.#budget?.reset();
  }

  async #again(first: Call, next: Way, firstError: unknown): Promise<unknown> {
    const failed: FailedAttempt[] = [];
    let call = first;
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
        return await promiseOf(call, next);
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
