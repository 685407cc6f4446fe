import { setImmediate as turn } from 'node:timers/promises';
import type { Alarm, Clock, Timer } from '@holdfast/operation';

/** A clock that stands still until a test says `advance`. Timers ring in their order, and what they let go on is let run. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ readonly dueMs: number; readonly alarm: Alarm }>();

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, { ring: resolve }));
  }

  after(ms: number, alarm: Alarm): Timer {
    const timer = { dueMs: this.#nowMs + ms, alarm };
    this.#timers.add(timer);
    return { stop: () => void this.#timers.delete(timer) };
  }

  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await turn();
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#timers.delete(next);
      this.#nowMs = next.dueMs;
      next.alarm.ring();
      await turn();
    }
    this.#nowMs = endMs;
  }

  #next(endMs: number) {
    return [...this.#timers].filter(({ dueMs }) => dueMs <= endMs).sort((one, other) => one.dueMs - other.dueMs)[0];
  }
}
