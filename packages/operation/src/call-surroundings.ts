import type { AmbientCall } from './ambient-call.js';
import { Surrounding } from './surrounding.js';

/** Runs `work` for a call: its deadline and its signal are those of all that `work` awaits, until it has settled. */
export function withinAmbientCall<Result>(call: AmbientCall, work: () => Result): Result {
  return new Surrounding(null, call).run(work);
}

/** What is around the running code. It tells of the moment, and is not kept. */
export interface AmbientMarks {
  /** As `ambientCall()`. */
  readonly ambientCall: AmbientCall | null;
  /** As `ambientSession()`. */
  readonly ambientSession: object | null;
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
  return Surrounding.current?.ambientCall ?? null;
}

/** Both marks of the running code, for hot paths that ask for both; null where there is neither. */
export function ambientMarks(): AmbientMarks | null {
  return Surrounding.current;
}
