import type { Deadline } from './deadline.js';
import type { CallEvent } from './operation-event.js';

/** A call that code runs for, as far as what it calls has to know of it. */
export interface AmbientCall {
  /** Ends what is done for the call. */
  readonly signal: AbortSignal | null;
  /**
   * The signal for whoever ends at the deadline by itself: without what only repeats that, which costs an AbortController
   * where somebody looks at it. Absent where it is the same.
   */
  readonly signalBesideDeadline?: AbortSignal | null;
  /** By when the call must have ended. */
  readonly deadline: Deadline | null;
  /** Whether it is made again where it fails: then nothing inside of it makes its own part again. */
  readonly isRetried: boolean;
  /** Says that something was committed for it, or may have been: from now on it is not made again as a whole. */
  committed(): void;
  /** Whether anybody listens to this call. */
  readonly isHeard: boolean;
  /** Publishes an event of this call on the operation channel, and lets those hear it who listen to it. */
  tell(event: CallEvent): void;
  /** Tells those who listen to this call, and nobody else, what happened inside of it. */
  hear(event: CallEvent): void;
}
