import type { Clock } from '@holdfast/operation';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that moves when somebody sleeps, and then at once, or when a test says `advance`. Timers fire in their order. */
export class ManualClock implements Clock {
  readonly slept: number[] = [];
  nowMs = 0;
  /** What happens in the middle of each sleep. */
  meanwhile: () => void = () => undefined;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
    this.slept.push(ms);
    this.meanwhile();
    signal?.throwIfAborted();
    this.advance(ms);
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { dueMs: this.nowMs + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many timers have neither fired nor been taken back. */
  get waiting(): number {
    return this.#timers.size;
  }

  advance(ms: number): void {
    const end = this.nowMs + ms;
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#timers.delete(next);
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.callback();
    }
    this.nowMs = end;
  }

  #nextUntil(end: number): Timer | undefined {
    return [...this.#timers].filter(({ dueMs }) => dueMs <= end).sort((one, other) => one.dueMs - other.dueMs)[0];
  }
}
