import type { Deadline } from './deadline.js';
import type { CallEvent } from './operation-event.js';
import { type Surrounding, surrounding, surroundingOf, within } from './surrounding.js';

/** A call that code runs for, as far as what it calls has to know of it. */
export interface AmbientCall {
  /** Ends what is done for the call. */
  readonly signal: AbortSignal | null;
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
  return within(null, call, work);
}

/** The call that the running code works for, the innermost one that has not ended, or null. */
export function ambientCall(): AmbientCall | null {
  let one: Surrounding | null = surrounding();
  while (one !== null && one.call === null) one = surroundingOf(one);
  return one === null ? null : one.call;
}
