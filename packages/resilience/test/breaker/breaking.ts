import { type CircuitBreakerArgs, CircuitBreakerPolicy, CircuitOpen, Resilience } from '@holdfast/resilience';
import { failingWork, transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';

/** A stack of one CircuitBreakerPolicy that opens after three failures in a row for 1000 ms, on a clock of its own. */
export class Breaking {
  readonly clock = new ManualClock();
  readonly breaker: CircuitBreakerPolicy;
  readonly resilience: Resilience;

  constructor(args: CircuitBreakerArgs = {}) {
    this.breaker = new CircuitBreakerPolicy({
      clock: this.clock,
      opensAfter: { consecutiveFailures: 3 },
      openMs: 1000,
      ...args,
    });
    this.resilience = new Resilience({ policies: [this.breaker], clock: this.clock });
  }

  /** How a call ends that would succeed. */
  async succeed(): Promise<'succeeded' | 'rejected'> {
    try {
      await this.resilience.execute('get', failingWork());
      return 'succeeded';
    } catch (error) {
      if (error instanceof CircuitOpen) return 'rejected';
      throw error;
    }
  }

  /** Calls that fail with this error, one after the other. */
  async fail(times = 1, error: () => unknown = () => transient()): Promise<void> {
    for (let i = 0; i < times; i++) await this.resilience.execute('get', failingWork(error())).catch(() => undefined);
  }

  async open(): Promise<void> {
    await this.fail(3);
  }

  async halfOpen(): Promise<void> {
    await this.open();
    this.clock.advance(1000);
  }

  /** A call that has begun and ends when the test says so. */
  begin(signal?: AbortSignal): { resolve(): Promise<void>; reject(error?: unknown): Promise<void> } {
    let end: { resolve(): void; reject(error: unknown): void } | null = null;
    const work = (): Promise<void> =>
      new Promise((resolve, reject) => {
        end = { resolve, reject };
      });
    const call = this.resilience.execute('get', work, signal ? { signal } : {}).catch((error: unknown) => error);
    const begun = (): NonNullable<typeof end> => {
      if (end === null) throw new Error('The call was not let through.');
      return end;
    };
    begun();
    return {
      async resolve() {
        begun().resolve();
        await call;
      },
      async reject(error: unknown = transient()) {
        begun().reject(error);
        await call;
      },
    };
  }
}
