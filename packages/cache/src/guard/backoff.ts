import type { Clock, Timer } from '@holdfast/operation';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;

/** How long somebody waits who asks again and again: longer and longer, but not where there is something new to ask. */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: () => number;
  #failures = 0;
  /** That there was something new while it was not waited. */
  #isHurried = false;
  #sleeping: { timer: Timer; dueMs: number; readonly soonestMs: number; readonly wake: () => void } | null = null;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** It was answered. */
  reset(): void {
    this.#failures = 0;
  }

  /** It was not. */
  rest(): Promise<void> {
    const longest = Math.min(
      LONGEST_DELAY_MS,
      FIRST_DELAY_MS * 2 ** Math.min(this.#isHurried ? 0 : this.#failures, 20),
    );
    this.#isHurried = false;
    this.#failures += 1;
    return this.sleep(longest * (0.5 + this.#random() / 2), FIRST_DELAY_MS);
  }

  /** So long, or until there is something new, but at least `leastMs`. */
  sleep(ms: number, leastMs = 0): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleeping = null;
        resolve();
      };
      const now = this.#clock.now();
      const timer = this.#clock.after(ms, { ring: wake });
      this.#sleeping = { timer, dueMs: now + ms, soonestMs: now + Math.min(ms, leastMs), wake };
    });
  }

  /** There is something new. */
  hurry(): void {
    const sleeping = this.#sleeping;
    this.#isHurried = sleeping === null;
    if (sleeping === null || sleeping.dueMs <= sleeping.soonestMs) return;
    sleeping.timer.stop();
    sleeping.dueMs = sleeping.soonestMs;
    const left = Math.max(0, sleeping.soonestMs - this.#clock.now());
    sleeping.timer = this.#clock.after(left, { ring: sleeping.wake });
  }

  end(): void {
    this.#sleeping?.timer.stop();
    this.#sleeping?.wake();
  }
}
