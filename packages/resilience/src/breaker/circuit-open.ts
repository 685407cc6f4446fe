import { errorCode, type ErrorCode, HoldfastError } from '@holdfast/errors';
import type { BreakerState } from '@holdfast/operation';

const code: ErrorCode = errorCode('backendai', 'generic', 'unavailable');

export interface CircuitOpenArgs {
  readonly breaker: string;
  readonly state: BreakerState;
  readonly retryAfterMs: number | null;
  /** What opened the circuit. */
  readonly cause?: unknown;
}

/**
 * A circuit breaker did not let the call through: nothing was attempted. Status 503, code `backendai_generic_unavailable`.
 * Retryable unless the circuit is isolated, and then not before `retryAfterMs`: a RetryPolicy around the breaker waits for it
 * where that fits into the deadline of the call, and does not try again where it does not, or where there is no deadline.
 *
 * `cause` is the failure that opened the circuit, of another call. The error has no stack of its own: to take one would
 * cost more than the rest of the rejection.
 */
export class CircuitOpen extends HoldfastError {
  /** The label of the breaker. */
  readonly breaker: string;
  readonly state: BreakerState;
  /**
   * Milliseconds until a call is tried again: 0 where others are being tried at the moment, null while it is isolated.
   */
  readonly retryAfterMs: number | null;
  /** Time helps, and other attempts do not. As on the errors of the database. */
  readonly isOverload = true;

  constructor({ breaker, state, retryAfterMs, cause }: CircuitOpenArgs) {
    const message = 'The operation was not attempted: a circuit breaker lets no calls through at present.';
    super({ code, message, httpStatus: 503, retryable: retryAfterMs !== null, cause });
    this.breaker = breaker;
    this.state = state;
    this.retryAfterMs = retryAfterMs;
  }
}
