import { Deadline } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Answer, Way } from '../direct/answer.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import { TimedCall } from './timed-call.js';
import { TimedOut } from './timed-out.js';
import type { TimeoutArgs } from './timeout-args.js';
import { type TimeoutSettings, timeoutSettings } from './timeout-settings.js';

/**
 * Gives a call a time, and ends it when that is over: the call's deadline lets a Database cancel what runs at the server,
 * and its signal aborts. Then it waits for the work to settle, up to `graceMs`. A value is always returned, be it late, so
 * that no write is reported as failed that was committed. Throws TimedOut where the work was ended by the timeout, or has
 * not settled; any other error of Holdfast's is thrown as it is.
 *
 * A nearer deadline of the call ends it in the same way, without `timed-out` being told: that time is somebody else's. What
 * the caller aborts is no timeout: it ends with what the work makes of that, or with the caller's reason.
 */
export class TimeoutPolicy extends DirectPolicy {
  readonly name = 'timeout';
  override readonly endsEarly = true;
  readonly #settings: TimeoutSettings;

  /** Throws Misuse for values that make no sense. */
  constructor(args: TimeoutArgs) {
    super();
    this.#settings = timeoutSettings(args);
  }

  start(call: Call, next: Way, answer: Answer): void {
    const { timeoutMs, clock } = this.#settings;
    const nowMs = call.now(clock);
    const own = Deadline.after(timeoutMs, clock, nowMs);
    const deadline = own.within(call.deadline);
    const leftMs = deadline === own ? timeoutMs : deadline.remainingMs;
    if (leftMs === 0 && !call.isAborted)
      return answer.fail(new TimedOut({ timeoutMs: null, outcome: 'not-committed', isOverload: true }));
    new TimedCall(this.#settings, call, deadline, deadline === own, answer).run(next, leftMs, nowMs);
  }
}
