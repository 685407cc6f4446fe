import { errorCode, HoldfastError, type Outcome } from '@holdfast/errors';

export interface TimedOutFacts {
  readonly timeoutMs: number | null;
  readonly outcome: Outcome;
  readonly cause?: unknown;
  /** Default false. */
  readonly isOverload?: boolean;
}

/**
 * A call had no answer within the time that a TimeoutPolicy gives it. `outcome` says what became of its work, and what that
 * failed with is the `cause`. Retryable where nothing of it stands. Status 504, code `backendai_generic_timeout`.
 */
export class TimedOut extends HoldfastError {
  /** The time that the policy gave it; null where a nearer deadline of the call has ended it. */
  readonly timeoutMs: number | null;
  /**
   * Whether it says nothing of the other side, for a CircuitBreakerPolicy for instance: nothing was attempted, or the
   * `cause` says so, as a Database does where others had all connections of its pool.
   */
  readonly isOverload: boolean;

  constructor(facts: TimedOutFacts) {
    const { timeoutMs, outcome, cause, isOverload = false } = facts;
    super({
      code: errorCode('backendai', 'generic', 'timeout'),
      message: `The call had no answer ${timeoutMs === null ? 'before its deadline' : `within ${timeoutMs} ms`}.`,
      httpStatus: 504,
      retryable: outcome === 'not-committed',
      outcome,
      cause,
    });
    this.timeoutMs = timeoutMs;
    this.isOverload = isOverload;
  }
}
