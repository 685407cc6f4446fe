import { Resilience, type TimeoutArgs, TimeoutPolicy } from '@holdfast/resilience';
import { ManualClock } from '../manual-clock.js';

/** A stack of one TimeoutPolicy of 50 ms, on a clock of its own. */
export function timing(args: Partial<TimeoutArgs> = {}): { resilience: Resilience; clock: ManualClock } {
  const clock = new ManualClock();
  const policies = [new TimeoutPolicy({ timeoutMs: 50, clock, ...args })];
  return { resilience: new Resilience({ policies, clock }), clock };
}

/** What a promise is rejected with. */
export async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`It succeeded with ${String(value)}.`);
    },
    (reason: unknown) => reason,
  );
}
