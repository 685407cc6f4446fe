import { Resilience, type RetryArgs, RetryPolicy } from '@holdfast/resilience';
import { ManualClock } from './manual-clock.js';

/** A stack of one RetryPolicy without jitter, on a clock of its own. */
export function retrying(args: RetryArgs = {}): { resilience: Resilience; clock: ManualClock } {
  const clock = new ManualClock();
  const policies = [new RetryPolicy({ clock, jitter: 'none', ...args })];
  return { resilience: new Resilience({ policies, clock }), clock };
}
