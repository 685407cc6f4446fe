import { type Alarm, systemClock, type Timer } from '@holdfast/operation';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import { reasonOf } from './reason-of.js';
import type { RunLimits } from './run-limits.js';

/** Waiting that may end early, by a signal or a deadline; then `onEarly` is called with the reason. */
export class Wait implements Alarm {
  #isOver = false;
  readonly #onEarly: (reason: Error) => void;
  readonly #isOverload: () => boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort: (() => void) | undefined;
  readonly #timer: Timer | null = null;

  /** `isOverload` says, when the time is over, whether what was waited for is only with others. */
  constructor(
    { signal, deadline = null }: RunLimits,
    onEarly: (reason: Error) => void,
    isOverload: () => boolean = isNoOverload,
  ) {
    this.#onEarly = onEarly;
    this.#isOverload = isOverload;
    if (deadline !== null) {
      const leftMs = deadline.remainingMs;
      // A connection that is free is there sooner than any timer.
      if (leftMs === 0) {
        this.ring();
        return;
      }
      this.#timer = systemClock.after(leftMs, this);
    }
    if (signal === undefined) return;
    this.#signal = signal;
    this.#onAbort = () => this.#early(reasonOf(signal, this.#isOverload()));
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What was waited for is there. False if the wait had ended before. */
  end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#timer?.stop();
    if (this.#onAbort !== undefined) this.#signal?.removeEventListener('abort', this.#onAbort);
    return true;
  }

  /** The deadline has passed. */
  ring(): void {
    this.#early(new DeadlineExceeded({ isOverload: this.#isOverload() }));
  }

  #early(reason: Error): void {
    if (this.end()) this.#onEarly(reason);
  }
}

const isNoOverload = (): boolean => false;
