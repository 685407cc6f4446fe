import { Misuse } from '@holdfast/errors';
import { type Clock, systemClock } from './clock.js';

/** The moment by which a call must have ended. One deadline flows through queue, backoff, connect and statement. */
export class Deadline {
  readonly #clock: Clock;
  readonly #at: number;

  private constructor(at: number, clock: Clock) {
    this.#at = at;
    this.#clock = clock;
  }

  /**
   * The moment `ms` milliseconds from now; one that is not ahead has passed already. `now` is what the clock says, for those
   * who have read it. Throws Misuse for NaN.
   */
  static after(ms: number, clock: Clock = systemClock, now: number = clock.now()): Deadline {
    if (Number.isNaN(ms)) throw new Misuse('A deadline of NaN milliseconds would never pass.');
    return new Deadline(now + ms, clock);
  }

  /** Milliseconds that are left, 0 once it has passed. */
  get remainingMs(): number {
    return Math.max(0, this.#at - this.#clock.now());
  }

  get passed(): boolean {
    return this.#clock.now() >= this.#at;
  }

  /** The nearer one of this and another deadline. */
  within(other: Deadline | null): Deadline {
    return other !== null && other.#at < this.#at ? other : this;
  }
}
