/** An attempt of a call that failed and was followed by another one, or was the last. */
export interface FailedAttempt {
  /** The first one is 1. */
  readonly attempt: number;
  readonly error: unknown;
  /** Milliseconds until the next attempt; null for the last one. */
  readonly delayMs: number | null;
}

const attempts = new WeakMap<object, readonly FailedAttempt[]>();

/** Lists the attempts that a call took under the error that its caller sees. */
export function listAttempts(error: unknown, failed: readonly FailedAttempt[]): void {
  if (typeof error === 'object' && error !== null) attempts.set(error, failed);
}

/** All attempts of the call that ended with this error, oldest first; none where it was not made again. */
export function attemptsOf(error: unknown): readonly FailedAttempt[] {
  return (typeof error === 'object' && error !== null && attempts.get(error)) || none;
}

const none: readonly FailedAttempt[] = Object.freeze([]);
