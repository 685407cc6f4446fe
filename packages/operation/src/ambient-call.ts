import type { Deadline } from './deadline.js';
import type { CallEvent } from './operation-event.js';
import { Surrounding } from './surrounding.js';

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
  /** Whether anybody listens to this call. */
  readonly isHeard: boolean;
  /** Tells those who listen to this call, and nobody else, what happened inside of it. */
  hear(event: CallEvent): void;
}

/** Runs `work` for a call: its deadline and its signal are those of all that `work` awaits, until it has settled. */
export function withinAmbientCall<Result>(call: AmbientCall, work: () => Result): Result {
  return new Surrounding(null, call).run(work);
}

/** A call that somebody works for, and who says themselves when it has ended. */
export interface EnteredCall {
  enter<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Result;
  close(): void;
}

/** The same for hot paths, whose own way of waiting for the work can `close` it: no promise is made for that. */
export function enterCall(call: AmbientCall): EnteredCall {
  return new Surrounding(null, call);
}

/** The call that the running code works for, the innermost one that has not ended, or null. */
export function ambientCall(): AmbientCall | null {
  let one = Surrounding.current;
  while (one !== null && one.call === null) one = one.outer;
  return one === null ? null : one.call;
}
