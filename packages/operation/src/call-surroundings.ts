import type { AmbientCall } from './ambient-call.js';
import { Surrounding } from './surrounding.js';

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
