import { describe, expect, it } from '@jest/globals';
import { Resilience, RetryPolicy, TimedOut, TimeoutPolicy } from '@holdfast/resilience';
import { transient } from '../failing-work.js';
import { gate } from '../gate.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';
import { reasonOf, timing } from './timing.js';

describe('a deadline of the call that is nearer than the time of a TimeoutPolicy', () => {
  it('ends it, too, and is not told as the timeout of the policy', async () => {
    const { resilience, clock } = timing({ graceMs: 0 });

    const events = await observed(async () => {
      const call = resilience.execute('get', gate(), { deadlineMs: 20 });
      clock.advance(20);
      const error = await reasonOf(call);
      expect(error).toBeInstanceOf(TimedOut);
      expect(error).toMatchObject({ timeoutMs: null, message: 'The call had no answer before its deadline.' });
    });

    expect(events).toEqual([]);
  });

  it('does not let work begin when it has passed, which surely leaves nothing', async () => {
    const { resilience, clock } = timing();
    const work = gate();

    expect(await reasonOf(resilience.execute('get', work, { deadlineMs: 0 }))).toMatchObject({
      timeoutMs: null,
      outcome: 'not-committed',
    });
    expect(work.begun).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('is what ends the last attempt of a retry that has less time left than an attempt may take', async () => {
    const clock = new ManualClock();
    const retry = new RetryPolicy({ deadlineMs: 70, retryDelayMs: 10, jitter: 'none', clock });
    const timeout = new TimeoutPolicy({ timeoutMs: 50, graceMs: 0, clock });
    const work = gate();
    const call = new Resilience({ policies: [retry, timeout], clock }).execute('get', work);

    clock.advance(30);
    work.fail(transient());
    await new Promise(setImmediate);
    expect(work.begun).toBe(2);
    clock.advance(30);

    expect(await reasonOf(call)).toMatchObject({ timeoutMs: null });
  });
});

describe('timeouts inside of one another', () => {
  it.each([
    ['the outer one', 50, 80],
    ['the outer one, of the same length,', 50, 50],
  ])('tell of one timeout, that of %s', async (_name, outerMs, innerMs) => {
    const clock = new ManualClock();
    const policies = [outerMs, innerMs].map((timeoutMs) => new TimeoutPolicy({ timeoutMs, graceMs: 5, clock }));
    let error: unknown;

    const events = await observed(async () => {
      const call = new Resilience({ policies, clock }).execute('get', gate());
      clock.advance(55);
      error = await reasonOf(call);
    });

    expect(error).toMatchObject({ timeoutMs: outerMs });
    expect(events).toMatchObject([{ kind: 'timed-out', timeoutMs: outerMs }]);
    expect(clock.waiting).toBe(0);
  });

  it('tell of the inner one where that is the shorter', async () => {
    const clock = new ManualClock();
    const policies = [80, 50].map((timeoutMs) => new TimeoutPolicy({ timeoutMs, graceMs: 0, clock }));
    let error: unknown;

    const events = await observed(async () => {
      const call = new Resilience({ policies, clock }).execute('get', gate());
      clock.advance(50);
      error = await reasonOf(call);
    });

    expect(error).toMatchObject({ timeoutMs: 50 });
    expect(events).toMatchObject([{ kind: 'timed-out', timeoutMs: 50 }]);
    expect(clock.waiting).toBe(0);
  });
});
