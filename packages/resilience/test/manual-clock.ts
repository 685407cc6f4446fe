import type { Alarm, Clock, Timer } from '@holdfast/operation';

interface Waiting {
  readonly dueMs: number;
  readonly alarm: Alarm;
}

/** A clock that moves when somebody sleeps, and then at once, or when a test says `advance`. Timers fire in their order. */
export class ManualClock implements Clock {
  readonly slept: number[] = [];
  nowMs = 0;
  /** What happens in the middle of each sleep. */
  meanwhile: () => void = () => undefined;
  readonly #timers = new Set<Waiting>();

  now(): number {
    return this.nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
    this.slept.push(ms);
    this.meanwhile();
    signal?.throwIfAborted();
    this.advance(ms);
  }

  after(ms: number, alarm: Alarm): Timer {
    const timer = { dueMs: this.nowMs + ms, alarm };
    this.#timers.add(timer);
    return { stop: () => void this.#timers.delete(timer) };
  }

  /** How many timers have neither fired nor been stopped. */
  get waiting(): number {
    return this.#timers.size;
  }

  advance(ms: number): void {
    const end = this.nowMs + ms;
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#timers.delete(next);
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.alarm.ring();
    }
    this.nowMs = end;
  }

  #nextUntil(end: number): Waiting | undefined {
    return [...this.#timers].filter(({ dueMs }) => dueMs <= end).sort((one, other) => one.dueMs - other.dueMs)[0];
  }
}
