import type { Clock } from '@holdfast/operation';

export interface OutcomeWindowSettings {
  /** How many calls are remembered. */
  readonly size: number;
  /** Fewer calls than these say nothing. */
  readonly minimum: number;
  /** The share of failures that is too large. */
  readonly share: number;
  /** How long they are remembered; null for ever. */
  readonly windowMs: number | null;
  readonly clock: Clock;
}

/** How a call ended, as far as a breaker remembers it. */
export interface PastCall {
  readonly failed: boolean;
  /** Milliseconds ago; 0 where the breaker takes no note of it. */
  readonly ageMs: number;
}

/** The outcomes of the last calls. What a call costs does not depend on how many are remembered. */
export class OutcomeWindow {
  readonly #settings: OutcomeWindowSettings;
  readonly #failed: Uint8Array;
  /** When they ended; only where they are forgotten by time, so that the clock is not read otherwise. */
  readonly #endedAt: Float64Array | null;
  #next = 0;
  #calls = 0;
  #failures = 0;

  constructor(settings: OutcomeWindowSettings) {
    this.#settings = settings;
    this.#failed = new Uint8Array(settings.size);
    this.#endedAt = settings.windowMs === null ? null : new Float64Array(settings.size);
  }

  /** Takes note of a call that ended now. */
  add(failed: boolean): void {
    if (this.#endedAt === null) this.#add(failed, 0);
    else {
      const nowMs = this.#settings.clock.now();
      this.#forgetUntil(nowMs);
      this.#add(failed, nowMs);
    }
  }

  /** Whether failures are too many, as of the last call that was added. */
  get isTooBad(): boolean {
    return this.#calls >= this.#settings.minimum && this.#failures / this.#calls >= this.#settings.share;
  }

  clear(): void {
    this.#calls = 0;
    this.#failures = 0;
  }

  /** What is remembered, oldest first. */
  pastCalls(): readonly PastCall[] {
    const nowMs = this.#settings.clock.now();
    this.#forgetUntil(nowMs);
    return Array.from({ length: this.#calls }, (_, index) => {
      const slot = (this.#oldest + index) % this.#settings.size;
      return { failed: this.#failed[slot] === 1, ageMs: this.#endedAt === null ? 0 : nowMs - this.#endedAt[slot]! };
    });
  }

  /** Remembers these instead, oldest first, as far as there is room. */
  remember(pastCalls: readonly PastCall[]): void {
    this.clear();
    const nowMs = this.#settings.clock.now();
    for (const { failed, ageMs } of pastCalls) this.#add(failed, nowMs - ageMs);
  }

  get #oldest(): number {
    const { size } = this.#settings;
    return (this.#next - this.#calls + size) % size;
  }

  #add(failed: boolean, endedAt: number): void {
    if (this.#calls === this.#settings.size) this.#forgetOldest();
    this.#failed[this.#next] = failed ? 1 : 0;
    if (this.#endedAt !== null) this.#endedAt[this.#next] = endedAt;
    this.#next = this.#next + 1 === this.#settings.size ? 0 : this.#next + 1;
    this.#calls += 1;
    if (failed) this.#failures += 1;
  }

  #forgetUntil(nowMs: number): void {
    const { windowMs } = this.#settings;
    if (windowMs === null || this.#endedAt === null) return;
    while (this.#calls > 0 && nowMs - this.#endedAt[this.#oldest]! > windowMs) this.#forgetOldest();
  }

  #forgetOldest(): void {
    if (this.#failed[this.#oldest] === 1) this.#failures -= 1;
    this.#calls -= 1;
  }
}
