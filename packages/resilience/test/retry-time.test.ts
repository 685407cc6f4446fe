import { describe, expect, it } from '@jest/globals';
import { EntityNotFound, HoldfastError } from '@holdfast/errors';
import { observeOperations } from '@holdfast/operation';
import { type Call, Resilience, RetryPolicy } from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { retrying } from './retrying.js';

describe('the deadline of RetryPolicy', () => {
  it('counts attempts and delays together', async () => {
    const { resilience, clock } = retrying({ maxRetries: 100, retryDelayMs: 100, deadlineMs: 1000 });
    const work = failingWork(...Array.from({ length: 100 }, (_, index) => transient(String(index + 1))));

    const slowly = resilience.execute('get', () => {
      clock.nowMs += 200;
      return work();
    });

    await expect(slowly).rejects.toThrow(transient('4'));
    expect(clock.slept).toEqual([100, 100, 100]);
  });

  it.each([
    [100, 1],
    [99, 2],
  ])('with 100 ms left after the first attempt, a delay of %d ms means %d attempts', async (retryDelayMs, calls) => {
    const { resilience, clock } = retrying({ retryDelayMs, deadlineMs: 100 });
    const error = transient();
    const work = failingWork(error, new EntityNotFound('user'));

    await expect(resilience.execute('get', work)).rejects.toBeInstanceOf(HoldfastError);
    expect(work.calls).toBe(calls);
    expect(clock.slept).toHaveLength(calls - 1);
  });

  it('is handed on to the work', async () => {
    const { resilience, clock } = retrying({ deadlineMs: 1000 });

    const remaining = await resilience.execute('get', async ({ deadline }) => {
      clock.nowMs += 300;
      return deadline?.remainingMs;
    });

    expect(remaining).toBe(700);
  });

  it.each([
    [400, 1000],
    [1000, 400],
  ])('is the nearer one of the policy (%d ms) and the call (%d ms)', async (policyMs, callMs) => {
    const { resilience } = retrying({ deadlineMs: policyMs });

    const remaining = await resilience.execute('get', async ({ deadline }) => deadline?.remainingMs, {
      deadlineMs: callMs,
    });

    expect(remaining).toBe(400);
  });

  it('is kept where it comes from the call alone', async () => {
    const { resilience, clock } = retrying({ maxRetries: 100, retryDelayMs: 100 });
    const work = failingWork(...Array.from({ length: 100 }, () => transient()));

    await expect(resilience.execute('get', work, { deadlineMs: 250 })).rejects.toThrow('Try again.');
    expect(clock.slept).toEqual([100, 100]);
  });
});

describe('the signal of a call', () => {
  it('ends a delay at once, without another attempt, and the caller sees the last real error', async () => {
    const { resilience, clock } = retrying();
    const controller = new AbortController();
    const error = transient();
    const work = failingWork(error);
    clock.meanwhile = () => controller.abort();

    await expect(resilience.execute('get', work, { signal: controller.signal })).rejects.toBe(error);
    expect(work.calls).toBe(1);
    expect(clock.nowMs).toBe(0);
  });

  it('ends a delay of the system clock at once', async () => {
    const resilience = new Resilience({ policies: [new RetryPolicy({ retryDelayMs: 3_600_000, jitter: 'none' })] });
    const controller = new AbortController();
    const error = transient();
    const work = failingWork(error);
    const stop = observeOperations((event) => event.kind === 'retried' && queueMicrotask(() => controller.abort()));

    await expect(resilience.execute('get', work, { signal: controller.signal })).rejects.toBe(error);
    stop();
    expect(work.calls).toBe(1);
  });

  it('that has aborted during an attempt prevents the next one', async () => {
    const { resilience, clock } = retrying();
    const controller = new AbortController();
    const work = failingWork(transient());
    const aborting = (): Promise<number> => {
      controller.abort();
      return work();
    };

    await expect(resilience.execute('get', aborting, { signal: controller.signal })).rejects.toThrow('Try again.');
    expect(work.calls).toBe(1);
    expect(clock.slept).toEqual([]);
  });

  it('never throws a value away: an attempt that succeeds after the abort is answered', async () => {
    const { resilience } = retrying();
    const controller = new AbortController();
    const committed = async ({ attempt }: Call): Promise<string> => {
      if (attempt === 1) throw transient();
      controller.abort();
      return 'stored';
    };

    expect(await resilience.execute('create', committed, { signal: controller.signal })).toBe('stored');
  });

  it('prevents the next attempt under a clock that sleeps through an abort', async () => {
    const { clock } = retrying();
    const controller = new AbortController();
    const deaf = { now: () => clock.now(), sleep: async () => controller.abort(), after: () => ({ stop: () => {} }) };
    const resilience = new Resilience({ policies: [new RetryPolicy({ clock: deaf })] });
    const work = failingWork(transient());

    await expect(resilience.execute('get', work, { signal: controller.signal })).rejects.toThrow('Try again.');
    expect(work.calls).toBe(1);
  });
});
