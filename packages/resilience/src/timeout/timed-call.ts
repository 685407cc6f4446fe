import { isHoldfastError } from '@holdfast/errors';
import { type Alarm, type Deadline, isGivenUp, markGivenUp, type Timer } from '@holdfast/operation';
import type { Answer, Way } from '../direct/answer.js';
import type { Call } from '../call.js';
import { isOverload } from '../is-overload.js';
import { LazySignal } from '../lazy-signal.js';
import type { SignalSource } from '../signal-source.js';
import { saysTimeout } from '../says-timeout.js';
import { BulkheadTimeout } from '../bulkhead/bulkhead-timeout.js';
import { TimedOut } from './timed-out.js';
import type { TimeoutSettings } from './timeout-settings.js';

// Timers count in whole milliseconds, so what heeds the deadline by itself may be that much ahead of it.
const EARLY_MS = 2;

/** One call that has a time, from its start until it has been answered. It is all that a timeout makes for a call. */
export class TimedCall implements Answer, Alarm, SignalSource {
  readonly #settings: TimeoutSettings;
  readonly #call: Call;
  readonly #deadline: Deadline;
  readonly #isOwn: boolean;
  readonly #answer: Answer;
  /** Null once it was answered. */
  #timer: Timer | null = null;
  /** Made when somebody looks at it, or when the time is over. */
  #signal: LazySignal | null = null;
  /** Set when it was answered though the work goes on. */
  #workHasSettled: (() => void) | null = null;
  /** Set when the time was over before the work had settled. */
  #timedOut: TimedOut | null = null;

  /** `isOwn` says whether the deadline is the one that the policy has set. */
  constructor(settings: TimeoutSettings, call: Call, deadline: Deadline, isOwn: boolean, answer: Answer) {
    this.#settings = settings;
    this.#call = call;
    this.#deadline = deadline;
    this.#isOwn = isOwn;
    this.#answer = answer;
  }

  run(next: Way, leftMs: number, nowMs: number): void {
    this.#timer = this.#settings.clock.after(leftMs, this, nowMs);
    next(this.#call.with({ deadline: this.#deadline, signal: this }), this);
  }

  give(value: unknown): void {
    if (this.#workHasSettled !== null) return this.#workHasSettled();
    this.#stop();
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    if (this.#workHasSettled !== null) return this.#workHasSettled();
    this.#stop();
    this.#answer.fail(this.#saidOf(error));
  }

  get signal(): AbortSignal {
    return this.#madeSignal().signal;
  }

  get isAborted(): boolean {
    return this.#signal === null ? this.#timer !== null && this.#call.isAborted : this.#signal.isAborted;
  }

  /** Its own says nothing that the deadline does not. */
  get signalBesideDeadline(): AbortSignal | null {
    const { signalBesideDeadline } = this.#call;
    return signalBesideDeadline === undefined ? this.#call.signal : signalBesideDeadline;
  }

  /** Ends the work, whose time is over. */
  ring(): void {
    const call = this.#call;
    let reason: unknown;
    if (call.isAborted) reason = call.signal?.reason;
    else {
      this.#tell();
      reason = this.#timedOut = this.#timedOutBy();
    }
    this.#madeSignal().abort(reason);
    this.#timer = this.#settings.clock.after(this.#settings.graceMs, { ring: () => this.#abandon(reason) });
  }

  #abandon(reason: unknown): void {
    this.#stop();
    this.#call.leave(new Promise<void>((settled) => (this.#workHasSettled = settled)));
    this.#answer.fail(reason);
  }

  #stop(): void {
    this.#timer?.stop();
    this.#timer = null;
    this.#signal?.release();
  }

  #madeSignal(): LazySignal {
    if (this.#signal === null) {
      this.#signal = new LazySignal(this.#call);
      if (this.#timer === null) this.#signal.release();
    }
    return this.#signal;
  }

  /** What the caller is told where the work has failed with `error`. */
  #saidOf(error: unknown): unknown {
    const isLate = this.#timedOut !== null;
    if (error === this.#timedOut || (!isLate && !this.#isEarly(error))) return error;
    if (!isLate) this.#tell();
    // A call that was never let through says so itself.
    if (error instanceof BulkheadTimeout) return error;
    const isAnother = isHoldfastError(error) && !saysTimeout(error) && !isCausedBy(this.#timedOut, error);
    return isAnother ? error : this.#timedOutBy(error);
  }

  /** Whether the work has found out by itself that its time is over. */
  #isEarly(error: unknown): boolean {
    return saysTimeout(error) && this.#deadline.remainingMs <= EARLY_MS && !this.#call.isAborted;
  }

  #tell(): void {
    const { timeoutMs } = this.#settings;
    if (this.#isOwn && this.#call.isHeard) this.#call.tell({ kind: 'timed-out', timeoutMs });
  }

  #timedOutBy(cause?: unknown): TimedOut {
    const { timeoutMs, outcome } = this.#settings;
    const timedOut = new TimedOut({
      timeoutMs: this.#isOwn ? timeoutMs : null,
      outcome: isHoldfastError(cause) ? cause.outcome : outcome,
      cause,
      isOverload: isOverload(cause),
    });
    if (isGivenUp(cause)) markGivenUp(timedOut);
    return timedOut;
  }
}

function isCausedBy(reason: unknown, error: Error): boolean {
  const seen = new Set<unknown>();
  let one: unknown = error;
  while (one instanceof Error && !seen.has(one)) {
    if (one === reason) return true;
    seen.add(one);
    one = one.cause;
  }
  return false;
}
