import { describe, expect, it } from '@jest/globals';
import { CircuitBreakerPolicy, CircuitOpen, Resilience, RetryPolicy } from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';
import { observed } from './observed.js';
import { retrying } from './retrying.js';

function comeAgainIn(retryAfterMs: unknown): Error {
  return Object.assign(transient(), { retryAfterMs });
}

describe('an error that says when to come again', () => {
  it('is waited for that long, and the delay besides', async () => {
    const { resilience, clock } = retrying({ retryDelayMs: 100, deadlineMs: 10_000 });

    expect(await resilience.execute('get', failingWork(comeAgainIn(700), comeAgainIn(0)))).toBe(3);
    expect(clock.slept).toEqual([800, 100]);
  });

  it('is given up at once where that does not fit before the deadline', async () => {
    const { resilience, clock } = retrying({ retryDelayMs: 100, deadlineMs: 800 });

    const events = await observed(() => resilience.execute('get', failingWork(comeAgainIn(700))));

    expect(events).toMatchObject([{ kind: 'given-up', reason: 'deadline', attempts: 1 }]);
    expect(clock.slept).toEqual([]);
  });

  it('reaches the caller at once where there is no deadline', async () => {
    const { resilience, clock } = retrying();
    const error = comeAgainIn(0);
    const work = failingWork(error);

    await expect(resilience.execute('get', work)).rejects.toBe(error);
    expect(work.calls).toBe(1);
    expect(clock.slept).toEqual([]);
  });

  it('is waited for within the deadline of the call, too', async () => {
    const { resilience, clock } = retrying({ retryDelayMs: 100 });

    expect(await resilience.execute('get', failingWork(comeAgainIn(700)), { deadlineMs: 10_000 })).toBe(2);
    expect(clock.slept).toEqual([800]);
  });

  it.each([null, undefined, '700', Number.NaN, -1])('says nothing by %p', async (retryAfterMs) => {
    const { resilience, clock } = retrying({ retryDelayMs: 100 });

    expect(await resilience.execute('get', failingWork(comeAgainIn(retryAfterMs)))).toBe(2);
    expect(clock.slept).toEqual([100]);
  });
});

describe('a retry around a circuit breaker', () => {
  function stack(deadlineMs: number | null): { resilience: Resilience; clock: ManualClock } {
    const clock = new ManualClock();
    const retry = new RetryPolicy({ clock, jitter: 'none', retryDelayMs: 100, maxRetries: 5, deadlineMs });
    const breaker = new CircuitBreakerPolicy({ clock, opensAfter: { consecutiveFailures: 2 }, openMs: 1000 });
    return { resilience: new Resilience({ policies: [retry, breaker], clock }), clock };
  }

  it('does not try an open circuit again without a deadline, and says what opened it', async () => {
    const { resilience, clock } = stack(null);
    const second = transient('second');
    const work = failingWork(transient('first'), second, transient('third'));

    const error: unknown = await resilience.execute('get', work).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(CircuitOpen);
    expect(error).toMatchObject({ cause: second });
    expect(work.calls).toBe(2);
    expect(clock.slept).toEqual([100, 100]);
  });

  it('waits until a call is tried where that fits before the deadline', async () => {
    const { resilience, clock } = stack(10_000);
    const work = failingWork(transient(), transient());

    expect(await resilience.execute('get', work)).toBe(3);
    expect(clock.slept).toEqual([100, 100, 1000]);
  });

  it('does not try an isolated circuit again', async () => {
    const clock = new ManualClock();
    const breaker = new CircuitBreakerPolicy({ clock });
    const policies = [new RetryPolicy({ clock, deadlineMs: 10_000 }), breaker];
    breaker.isolate();

    await expect(new Resilience({ policies }).execute('get', failingWork())).rejects.toThrow(CircuitOpen);
    expect(clock.slept).toEqual([]);
  });
});
