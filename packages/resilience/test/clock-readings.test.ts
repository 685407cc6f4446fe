import { describe, expect, it } from '@jest/globals';
import { Deadline } from '@holdfast/operation';
import { MetricPolicy, type Policy, Resilience, RetryPolicy, TimeoutPolicy } from '../src/index.js';
import { failingWork, transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';
import { observed } from './observed.js';

class CountedClock extends ManualClock {
  readings = 0;

  override now(): number {
    this.readings += 1;
    return super.now();
  }
}

describe('a clock', () => {
  it('is read once for policies that a call goes through one right after the other', async () => {
    const clock = new CountedClock();
    const policies = [
      new MetricPolicy({ domain: 'repository', layer: 'user_repository', clock }),
      new RetryPolicy({ deadlineMs: 1000, budget: {}, clock }),
    ];
    let atWork = 0;

    await observed(() => new Resilience({ policies }).execute('get', async () => void (atWork = clock.readings)));

    expect([atWork, clock.readings]).toEqual([1, 2]);
  });

  it('is read for each policy that has one of its own', async () => {
    const [one, other] = [new ManualClock(), new ManualClock()];
    one.nowMs = 5_000;
    const policies = [
      new RetryPolicy({ deadlineMs: 1000, clock: one }),
      new TimeoutPolicy({ timeoutMs: 100, clock: other }),
    ];

    const leftMs = await new Resilience({ policies }).execute('get', async ({ deadline }) => deadline?.remainingMs);

    expect(leftMs).toBe(100);
  });

  it('is read again for another attempt', async () => {
    const clock = new ManualClock();
    const work = failingWork(transient());
    const policies = [
      new RetryPolicy({ retryDelayMs: 80, jitter: 'none', clock }),
      new TimeoutPolicy({ timeoutMs: 100, clock }),
    ];

    const leftMs = await new Resilience({ policies }).execute('get', async ({ deadline }) => {
      await work();
      return deadline?.remainingMs;
    });

    expect([clock.slept, leftMs]).toEqual([[80], 100]);
  });

  it('is read again behind a policy that has waited', async () => {
    const clock = new ManualClock();
    const waiting: Policy = {
      name: 'waiting',
      async execute(call, next) {
        await clock.sleep(50);
        return next(call);
      },
    };
    const policies = [
      new RetryPolicy({ deadlineMs: 1000, clock }),
      waiting,
      new TimeoutPolicy({ timeoutMs: 100, clock }),
    ];

    const left = await new Resilience({ policies }).execute('get', async ({ deadline }) => deadline);

    expect(left?.remainingMs).toBe(Deadline.after(100, clock).remainingMs);
  });
});
