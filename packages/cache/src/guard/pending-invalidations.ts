import type { Clock } from '@holdfast/operation';

/** An invalidation that is yet to reach its server. */
interface Delivery {
  readonly keys: readonly string[];
  readonly deliver: () => Promise<void>;
  /** Not before this time: its write may not be over. */
  readyAtMs: number;
  /** From then on nothing can be left that it would remove. */
  untilMs: number;
}

export interface PendingInvalidation {
  /** It need not wait any longer. */
  ready(): void;
  /** Somebody else has delivered it. */
  delivered(): void;
}

export interface PendingInvalidationsArgs {
  readonly clock: Clock;
  readonly random: () => number;
  /** How long what a lost invalidation should have removed may be there. */
  readonly lifeMs: number;
  /** The most keys that are remembered one by one. */
  readonly maxKeys: number;
  /** Hears how many keys are pending, whenever that has changed. */
  readonly changed: (keys: number) => void;
  /** Hears of keys that are pending no longer: what was never delivered is `expired`. */
  readonly over: (keys: number, outcome: 'late' | 'expired') => void;
}

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;

/**
 * Remembers invalidations that could not be delivered: their keys are not to be trusted in this process until they are, or
 * until nothing can be left that was stored before. They are tried again for as long.
 */
export class PendingInvalidations {
  readonly #args: PendingInvalidationsArgs;
  readonly #byKey = new Map<string, number>();
  #deliveries: Delivery[] = [];
  #everythingUntilMs = -Infinity;
  #failures = 0;
  #running: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #isClosed = false;

  constructor(args: PendingInvalidationsArgs) {
    this.#args = args;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#byKey.size;
  }

  has(key: string): boolean {
    return this.#byKey.has(key) || this.#args.clock.now() < this.#everythingUntilMs;
  }

  /** Delivers it from now on, or after `delayMs`. */
  add(keys: readonly string[], deliver: () => Promise<void>, delayMs = 0): PendingInvalidation {
    const { clock, lifeMs, maxKeys } = this.#args;
    const now = clock.now();
    const delivery: Delivery = { keys, deliver, readyAtMs: now + delayMs, untilMs: now + delayMs + lifeMs };
    if (this.size + keys.length > maxKeys) {
      // Rather no entry is trusted than one too many.
      this.#everythingUntilMs = Math.max(this.#everythingUntilMs, delivery.untilMs);
      this.#args.over(keys.length, 'expired');
      return { ready: () => {}, delivered: () => {} };
    }
    this.#deliveries.push(delivery);
    for (const key of keys) this.#byKey.set(key, (this.#byKey.get(key) ?? 0) + 1);
    this.#args.changed(this.size);
    this.#go();
    const ready = (): void => {
      delivery.readyAtMs = clock.now();
      delivery.untilMs = delivery.readyAtMs + lifeMs;
      this.#go();
    };
    return { ready, delivered: () => this.#remove(delivery, 'late') };
  }

  /** Tries each of them once more, those that are not ready included. How many keys are left. */
  async close(): Promise<number> {
    this.#isClosed = true;
    this.#go();
    await this.#running;
    for (const delivery of [...this.#deliveries]) {
      if (await this.#try(delivery)) this.#remove(delivery, 'late');
    }
    return this.size;
  }

  #go(): void {
    this.#wake?.();
    if (this.#isClosed) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#deliveries.length > 0) this.#go();
    });
  }

  async #run(): Promise<void> {
    while (this.#deliveries.length > 0 && !this.#isClosed) {
      const now = this.#args.clock.now();
      for (const delivery of this.#deliveries.filter(({ untilMs }) => untilMs <= now)) {
        this.#remove(delivery, 'expired');
      }
      const next = this.#deliveries.find(({ readyAtMs }) => readyAtMs <= now);
      if (next === undefined) await this.#untilReady(now);
      else if (await this.#try(next)) this.#remove(next, 'late');
      else await this.#rest(next);
    }
  }

  async #try({ deliver }: Delivery): Promise<boolean> {
    try {
      await deliver();
      this.#failures = 0;
      return true;
    } catch {
      this.#failures += 1;
      return false;
    }
  }

  /** What cannot be delivered for a reason of its own does not hold up the others. */
  async #rest(failed: Delivery): Promise<void> {
    if (this.#deliveries.includes(failed)) {
      this.#deliveries = [...this.#deliveries.filter((other) => other !== failed), failed];
    }
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(this.#failures - 1, 20));
    await this.#sleep(longest * (0.5 + this.#args.random() / 2));
  }

  async #untilReady(now: number): Promise<void> {
    if (this.#deliveries.length === 0) return;
    await this.#sleep(Math.min(...this.#deliveries.map(({ readyAtMs }) => readyAtMs)) - now, true);
  }

  /** Ends early when the last one is closed; where that is asked for, also when something gets ready. */
  #sleep(ms: number, untilReady = false): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        timer.stop();
        this.#wake = null;
        resolve();
      };
      const timer = this.#args.clock.after(ms, { ring: end });
      this.#wake = () => {
        if (untilReady || this.#isClosed) end();
      };
    });
  }

  #remove(delivery: Delivery, outcome: 'late' | 'expired'): void {
    const left = this.#deliveries.filter((other) => other !== delivery);
    if (left.length === this.#deliveries.length) return;
    this.#deliveries = left;
    for (const key of delivery.keys) {
      const others = this.#byKey.get(key)! - 1;
      if (others === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, others);
    }
    this.#args.over(delivery.keys.length, outcome);
    this.#args.changed(this.size);
  }
}
