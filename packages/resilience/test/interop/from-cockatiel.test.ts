import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ambientCall, withinAmbientSession } from '@holdfast/operation';
import {
  BulkheadFull,
  BulkheadPolicy,
  type Call,
  CircuitBreakerPolicy,
  type CockatielPolicy,
  fromCockatiel,
  Resilience,
  RetryPolicy,
} from '@holdfast/resilience';
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  fallback,
  handleAll,
  noop,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { failingWork, transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';

const twice = retry(handleAll, { maxAttempts: 1, backoff: new ConstantBackoff(0) });

/** Work that ends when its signal aborts, with the signal's reason. */
function untilAborted({ signal }: Call): Promise<never> {
  return new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
}

describe('a retry of cockatiel’s', () => {
  it('makes a failed call again, and its attempts are numbered', async () => {
    const attempts: number[] = [];
    const resilience = new Resilience({ policies: [fromCockatiel(twice)] });
    const work = failingWork(transient());

    const value = await resilience.execute('get', ({ attempt }) => {
      attempts.push(attempt);
      return work();
    });

    expect(value).toBe(2);
    expect(attempts).toEqual([1, 2]);
  });

  it('leaves the error as it is', async () => {
    const last = transient('last');
    const resilience = new Resilience({ policies: [fromCockatiel(twice)] });

    await expect(resilience.execute('get', failingWork(transient('first'), last))).rejects.toBe(last);
  });

  it('lets what is inside know that the call is made again, so that attempts do not multiply', async () => {
    const inner = new RetryPolicy({ maxRetries: 3, clock: new ManualClock() });
    const resilience = new Resilience({ policies: [fromCockatiel(twice), inner] });
    const work = failingWork(...Array.from({ length: 6 }, () => transient()));

    await expect(resilience.execute('get', work)).rejects.toThrow('Try again.');
    expect(work.calls).toBe(2);
  });

  it('does not multiply the attempts of a retry around it', async () => {
    const outer = new RetryPolicy({ maxRetries: 3, clock: new ManualClock() });
    const resilience = new Resilience({ policies: [outer, fromCockatiel(twice)] });
    const work = failingWork(...Array.from({ length: 6 }, () => transient()));

    await expect(resilience.execute('get', work)).rejects.toThrow('Try again.');
    expect(work.calls).toBe(3);
  });

  it('does not make a call again that was aborted in between, though it waits its delay', async () => {
    const slow = retry(handleAll, { maxAttempts: 3, backoff: new ConstantBackoff(5) });
    const controller = new AbortController();
    slow.onRetry(() => controller.abort());
    const resilience = new Resilience({ policies: [fromCockatiel(slow)] });
    const work = failingWork(transient(), transient());

    const call = resilience.execute('get', work, { signal: controller.signal });

    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(work.calls).toBe(1);
  });

  it('steps aside inside an open dbSession', async () => {
    const resilience = new Resilience({ policies: [fromCockatiel(twice)] });
    const error = transient();
    const work = failingWork(error);

    await expect(withinAmbientSession({}, () => resilience.execute('part', work))).rejects.toBe(error);
    expect(work.calls).toBe(1);
  });
});

describe('a circuit breaker of cockatiel’s', () => {
  it('rejects as it does without us', async () => {
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(2) });
    const resilience = new Resilience({ policies: [fromCockatiel(breaker)] });
    const work = failingWork(transient(), transient());

    await expect(resilience.execute('get', work)).rejects.toThrow('Try again.');
    await expect(resilience.execute('get', work)).rejects.toThrow('Try again.');

    expect(breaker.state).toBe(CircuitState.Open);
    await expect(resilience.execute('get', work)).rejects.toThrow(BrokenCircuitError);
    expect(work.calls).toBe(2);
  });

  it('does not say that the call is made again', async () => {
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(2) });
    const inner = new RetryPolicy({ maxRetries: 3, clock: new ManualClock() });
    const resilience = new Resilience({ policies: [fromCockatiel(breaker), inner] });

    expect(await resilience.execute('get', failingWork(transient()))).toBe(2);
  });

  it('forgets the signal of a call that waited for a trial, and the work has it all the same', async () => {
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: 0, breaker: new ConsecutiveBreaker(1) });
    const resilience = new Resilience({ policies: [fromCockatiel(breaker)] });
    await resilience.execute('get', failingWork(transient())).catch(() => undefined);
    let endTrial = (): void => undefined;
    const trial = resilience.execute('get', () => new Promise<void>((resolve) => (endTrial = resolve)));
    const controller = new AbortController();
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));

    const work = (call: Call): Promise<never> => {
      const result = untilAborted(call);
      begun();
      return result;
    };
    const waiting = resilience.execute('get', work, { signal: controller.signal });
    endTrial();
    await trial;
    await hasBegun;
    controller.abort();

    await expect(waiting).rejects.toBe(controller.signal.reason);
  });
});

describe('a timeout of cockatiel’s', () => {
  it('ends the work by its signal', async () => {
    const policy = fromCockatiel(timeout(5, TimeoutStrategy.Cooperative));
    const resilience = new Resilience({ policies: [policy] });

    await expect(resilience.execute('get', untilAborted)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is the ambient call’s signal too, which a Database goes by', async () => {
    const resilience = new Resilience({ policies: [fromCockatiel(timeout(60_000, TimeoutStrategy.Cooperative))] });
    let inside: AbortSignal | null = null;
    const work = async (call: Call): Promise<boolean> => {
      inside = ambientCall()!.signal;
      return inside === call.signal;
    };

    expect(await resilience.execute('get', work)).toBe(true);
  });

  it('turns away from work that does not end, with its own error', async () => {
    const resilience = new Resilience({ policies: [fromCockatiel(timeout(5, TimeoutStrategy.Aggressive))] });

    await expect(resilience.execute('get', () => new Promise(() => undefined))).rejects.toThrow(TaskCancelledError);
  });

  it('leaves work that it turns away from its place in a bulkhead around it, until that has settled', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 2 });
    const policy = fromCockatiel(timeout(5, TimeoutStrategy.Aggressive));
    const resilience = new Resilience({ policies: [bulkhead, policy] });
    const ends: (() => void)[] = [];
    const work = (): Promise<void> => new Promise((resolve) => ends.push(resolve));

    const first = [resilience.execute('get', work), resilience.execute('get', work)];
    for (const call of first) await expect(call).rejects.toThrow(TaskCancelledError);

    await expect(resilience.execute('get', work)).rejects.toThrow(BulkheadFull);
    expect(bulkhead.figures.running).toBe(2);
    for (const end of ends) end();
    await new Promise(setImmediate);
    expect(bulkhead.figures.running).toBe(0);
  });

  it('lets the caller end the work with a reason', async () => {
    const resilience = new Resilience({ policies: [fromCockatiel(timeout(60_000, TimeoutStrategy.Cooperative))] });
    const controller = new AbortController();
    const reason = new Error('Never mind.');

    const call = resilience.execute('get', untilAborted, { signal: controller.signal });
    controller.abort(reason);

    await expect(call).rejects.toBe(reason);
  });

  it('does not abort what the work leaves behind when it has succeeded', async () => {
    const resilience = new Resilience({ policies: [fromCockatiel(timeout(60_000, TimeoutStrategy.Cooperative))] });

    const { signal } = await resilience.execute('get', async (call) => ({ signal: call.signal! }));
    await new Promise(setImmediate);

    expect(signal.aborted).toBe(false);
  });
});

describe('a stack of both', () => {
  it('is one: cockatiel’s wrap inside and outside of policies of ours', async () => {
    const wrapped = wrap(twice, timeout(60_000, TimeoutStrategy.Aggressive));
    const breaker = new CircuitBreakerPolicy({ clock: new ManualClock() });
    const resilience = new Resilience({ policies: [fromCockatiel(wrapped), breaker, fromCockatiel(noop)] });

    expect(await resilience.execute('get', failingWork(transient()))).toBe(2);
    expect(resilience.describe()).toBe('cockatiel(circuit-breaker(cockatiel(call)))');
    expect(fromCockatiel(noop, { name: 'nothing' }).name).toBe('nothing');
  });

  it('leaves a call that has no signal without one, where no policy brings one', async () => {
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: 1, breaker: new ConsecutiveBreaker(99) });
    const resilience = new Resilience({ policies: [fromCockatiel(wrap(twice, breaker))] });

    expect(await resilience.execute('get', async ({ signal }) => signal)).toBeNull();
  });

  it('leaves no listener on a signal that outlives the call', async () => {
    const { signal } = new AbortController();
    const resilience = new Resilience({ policies: [fromCockatiel(timeout(60_000, TimeoutStrategy.Cooperative))] });

    await resilience.execute('get', async (call) => call.signal, { signal });

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does no work for a policy that has ended the call already', async () => {
    const reason = new Error('Over.');
    const ended: CockatielPolicy = { execute: (fn) => fn({ signal: AbortSignal.abort(reason) }) };
    const work = failingWork();

    await expect(new Resilience({ policies: [fromCockatiel(ended)] }).execute('get', work)).rejects.toBe(reason);
    expect(work.calls).toBe(0);
  });

  it('takes no policy that answers with something else', () => {
    // @ts-expect-error: a fallback of cockatiel's is no part of it, use FallbackPolicy.
    expect(fromCockatiel(fallback(handleAll, 7)).name).toBe('cockatiel');
  });
});
