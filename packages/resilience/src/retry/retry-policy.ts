import { Deadline } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Answer, Way } from '../direct/answer.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import { RetriedCall } from './retried-call.js';
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
      const now = call.now(clock);
      if (!call.isRetried) this.#budget?.countCall(now);
      if (deadlineMs !== null) deadline = Deadline.after(deadlineMs, clock, now).within(deadline);
    }
    if (call.isRetried || maxRetries === 1) {
      return next(deadline === call.deadline ? call : call.with({ deadline }), answer);
    }
    const first = call.with({ attempt: 1, deadline, isRetried: true });
    next(first, new RetriedCall(this.#settings, this.#budget, first, next, answer));
  }

  /** Gives the budget back that earlier calls have used. */
  reset(): void {
    this.#budget?.reset();
  }
}
