import type { Outcome } from '@holdfast/errors';
import type { Clock } from '@holdfast/operation';

export interface TimeoutArgs {
  /** The time for a call, in milliseconds above 0: for each attempt inside of a retry, for all of them outside of it. */
  readonly timeoutMs: number;
  /**
   * `cooperative` waits up to `graceMs` for work whose time is over to settle, so that what became of it is known.
   * `abandon` turns away from it at once. Default `cooperative`.
   */
  readonly mode?: 'cooperative' | 'abandon';
  /** How long `cooperative` waits, in milliseconds from 0. Default 1000. */
  readonly graceMs?: number;
  /**
   * What to assume of work that does not say what became of it: it was abandoned, or failed with an error that is not one of
   * Holdfast's. `not-committed` is for work that only reads, and lets it be retried. Default `unknown`.
   */
  readonly outcome?: Exclude<Outcome, 'committed'>;
  /** Default `systemClock`. */
  readonly clock?: Clock;
}
