import { setImmediate as turn } from 'node:timers/promises';
import type { Alarm, Clock, Timer } from '@holdfast/operation';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is advanced, for sleepers and timers alike. Starts at 0. */
export class FakeClock implements Clock {
  #now = 0;
  #sleepers: Sleeper[] = [];
  #awaited: { readonly count: number; readonly resolve: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  /** How many calls of `sleep` have not returned, and timers not fired. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.push(sleeper);
      this.#tellWaiting();
    });
  }

  after(ms: number, alarm: Alarm): Timer {
    const timer = { at: this.#now + ms, wake: () => alarm.ring() };
    this.#sleepers.push(timer);
    this.#tellWaiting();
    return { stop: () => void (this.#sleepers = this.#sleepers.filter((other) => other !== timer)) };
  }

  /** Resolves as soon as `count` calls of `sleep`, or timers, are waiting at once. */
  whenSleeping(count = 1): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited.push({ count, resolve });
      this.#tellWaiting();
    });
  }

  /**
   * Lets `ms` milliseconds pass: wakes the sleepers in the order of their times, and after each one lets the program run,
   * so that whoever sleeps again within that time wakes again.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await turn();
    }
    this.#now = end;
  }

  #next(end: number): Sleeper | undefined {
    const due = this.#sleepers.filter(({ at }) => at <= end);
    return due.reduce<Sleeper | undefined>(
      (first, other) => (first !== undefined && first.at <= other.at ? first : other),
      undefined,
    );
  }

  #tellWaiting(): void {
    const ready = this.#awaited.filter(({ count }) => count <= this.#sleepers.length);
    this.#awaited = this.#awaited.filter((waiting) => !ready.includes(waiting));
    for (const { resolve } of ready) resolve();
  }
}
