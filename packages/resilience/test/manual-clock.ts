import type { Clock } from '@holdfast/operation';

/** A clock that moves only when somebody sleeps, and then at once. */
export class ManualClock implements Clock {
  readonly slept: number[] = [];
  nowMs = 0;
  /** What happens in the middle of each sleep. */
  meanwhile: () => void = () => undefined;

  now(): number {
    return this.nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
    this.slept.push(ms);
    this.meanwhile();
    signal?.throwIfAborted();
    this.nowMs += ms;
  }
}
