import { describe, expect, it } from '@jest/globals';
import { EntityNotFound, HoldfastError, Misuse } from '@holdfast/errors';
import { observeOperations, withinAmbientSession } from '@holdfast/operation';
import {
  BackoffStrategy,
  type Call,
  MetricPolicy,
  Resilience,
  type RetryArgs,
  RetryPolicy,
} from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';
import { observed } from './observed.js';

function retrying(args: RetryArgs = {}): { resilience: Resilience; clock: ManualClock } {
  const clock = new ManualClock();
  const policies = [new RetryPolicy({ clock, jitter: 'none', ...args })];
  return { resilience: new Resilience({ policies, clock }), clock };
}

describe('RetryPolicy', () => {
  it('returns the value of a first attempt that succeeds without waiting', async () => {
    const { resilience, clock } = retrying();
    const work = failingWork();

    expect(await resilience.execute('get', work)).toBe(1);
    expect(clock.slept).toEqual([]);
  });

  it('makes the call again until it succeeds', async () => {
    const { resilience, clock } = retrying({ maxRetries: 3, retryDelayMs: 40 });
    const work = failingWork(transient(), transient());

    expect(await resilience.execute('get', work)).toBe(3);
    expect(clock.slept).toEqual([40, 40]);
  });

  it('counts the first attempt among maxRetries, and then throws the last error', async () => {
    const { resilience, clock } = retrying({ maxRetries: 3 });
    const [first, second, third] = [transient('1'), transient('2'), transient('3')];
    const work = failingWork(first, second, third);

    await expect(resilience.execute('get', work)).rejects.toBe(third);
    expect(work.calls).toBe(3);
    expect(clock.slept).toHaveLength(2);
  });

  it('never retries where maxRetries is 1', async () => {
    const { resilience } = retrying({ maxRetries: 1 });
    const error = transient();
    const work = failingWork(error);

    await expect(resilience.execute('get', work)).rejects.toBe(error);
    expect(work.calls).toBe(1);
  });

  it('throws an error at once that a later attempt failed with and that may not be retried', async () => {
    const { resilience } = retrying({ maxRetries: 5 });
    const missing = new EntityNotFound('user');
    const work = failingWork(transient(), missing);

    await expect(resilience.execute('get', work)).rejects.toBe(missing);
    expect(work.calls).toBe(2);
  });

  it('doubles the delay up to maxDelayMs with EXPONENTIAL', async () => {
    const { resilience, clock } = retrying({
      maxRetries: 6,
      retryDelayMs: 10,
      maxDelayMs: 70,
      backoffStrategy: BackoffStrategy.EXPONENTIAL,
    });

    await resilience.execute('get', failingWork(...Array.from({ length: 5 }, () => transient())));

    expect(clock.slept).toEqual([10, 20, 40, 70, 70]);
  });

  it('waits a random part of the delay with full jitter', async () => {
    const numbers = [0, 0.25, 0.999];
    const { resilience, clock } = retrying({
      maxRetries: 4,
      retryDelayMs: 1000,
      jitter: 'full',
      random: () => numbers.shift() ?? 0,
    });

    await resilience.execute('get', failingWork(transient(), transient(), transient()));

    expect(clock.slept).toEqual([0, 250, 999]);
  });

  it('tells the work which attempt it is', async () => {
    const { resilience } = retrying();
    const attempts: number[] = [];

    await resilience.execute('get', async ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw transient();
    });

    expect(attempts).toEqual([1, 2, 3]);
  });
});

describe('what RetryPolicy retries', () => {
  const unmarked = Object.assign(new Error('Foreign.'), { retryable: true, outcome: 'not-committed' });
  const final = new HoldfastError({ code: transient().code, message: 'No use.', retryable: false });
  it.each([
    ['a business error', new EntityNotFound('user')],
    ['a programming error', new TypeError('x is not a function')],
    ['a misuse', new Misuse('Wrong.')],
    ['one of our errors that does not call itself retryable', final],
    ['a foreign error that calls itself retryable', unmarked],
    ['a write that may have been committed', transient('?', 'unknown')],
    ['a write that was committed', transient('!', 'committed')],
    ['a string', 'broken'],
    ['undefined', undefined],
    ['null', null],
  ])('is not %s', async (_, error) => {
    const { resilience } = retrying();
    const work = failingWork(error);

    await expect(resilience.execute('get', work)).rejects.toBe(error);
    expect(work.calls).toBe(1);
  });

  it('is an error that another copy of the errors package has made', async () => {
    const { resilience } = retrying();
    const brand = Symbol.for('@holdfast/errors/HoldfastError');
    const foreignCopy = Object.assign(new Error('Down.'), { [brand]: true, retryable: true, outcome: 'not-committed' });

    expect(await resilience.execute('get', failingWork(foreignCopy))).toBe(2);
  });

  it('is not an error of the classes in nonRetryableExceptions, their children included', async () => {
    class Refused extends HoldfastError {}
    class RefusedTwice extends Refused {}
    const { code } = transient();
    const { resilience } = retrying({ nonRetryableExceptions: [Refused] });
    const work = failingWork(new RefusedTwice({ code, message: 'No.', retryable: true }));

    await expect(resilience.execute('get', work)).rejects.toBeInstanceOf(RefusedTwice);
    expect(work.calls).toBe(1);
  });
});

describe('RetryPolicy inside an open dbSession', () => {
  it('lets the call pass, since a part of a transaction cannot be replayed', async () => {
    const { resilience } = retrying({ deadlineMs: 1000, budget: { ratio: 0, minRetriesPerSecond: 0.1 } });
    const error = transient();
    const work = failingWork(error, error);

    await expect(withinAmbientSession({}, () => resilience.execute('get', work))).rejects.toBe(error);
    expect(work.calls).toBe(1);
  });

  it('leaves the error to a retry around the whole dbSession', async () => {
    const { resilience } = retrying();
    const work = failingWork(transient());

    const whole = resilience.execute('whole', () => withinAmbientSession({}, () => resilience.execute('part', work)));

    expect(await whole).toBe(2);
  });
});

describe('nested retries', () => {
  it('do not multiply: the outer one leaves alone what the inner one has given up on', async () => {
    const { resilience: outer } = retrying({ maxRetries: 4 });
    const { resilience: inner } = retrying({ maxRetries: 3 });
    const work = failingWork(...Array.from({ length: 12 }, () => transient()));

    await expect(outer.execute('outer', () => inner.execute('inner', work))).rejects.toThrow('Try again.');
    expect(work.calls).toBe(3);
  });

  it('do not multiply within one stack either', async () => {
    const clock = new ManualClock();
    const policies = [new RetryPolicy({ maxRetries: 4, clock }), new RetryPolicy({ maxRetries: 3, clock })];
    const work = failingWork(...Array.from({ length: 12 }, () => transient()));

    await expect(new Resilience({ policies }).execute('get', work)).rejects.toThrow('Try again.');
    expect(work.calls).toBe(3);
  });

  it('retry an error in the outer one that the inner one does not retry by its own rule', async () => {
    class Refused extends HoldfastError {}
    const { resilience: outer } = retrying();
    const { resilience: inner } = retrying({ nonRetryableExceptions: [Refused] });
    const work = failingWork(new Refused({ code: transient().code, message: 'No.', retryable: true }));

    expect(await outer.execute('outer', () => inner.execute('inner', work))).toBe(2);
  });
});

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
    const deaf = { now: () => clock.now(), sleep: async () => controller.abort() };
    const resilience = new Resilience({ policies: [new RetryPolicy({ clock: deaf })] });
    const work = failingWork(transient());

    await expect(resilience.execute('get', work, { signal: controller.signal })).rejects.toThrow('Try again.');
    expect(work.calls).toBe(1);
  });
});

describe('the events of RetryPolicy', () => {
  it('tell of a retry when it is scheduled, before the delay', async () => {
    const { clock } = retrying();
    const source = { app: 'mine' };
    const policies = [
      new MetricPolicy({ domain: 'repository', layer: 'user_repository', clock }),
      new RetryPolicy({ clock, jitter: 'none', retryDelayMs: 70 }),
    ];
    const resilience = new Resilience({ policies, source });
    const error = transient();
    const atSleep: number[] = [];

    const events = await observed(async () => {
      const seen: string[] = [];
      const stop = observeOperations(({ kind }) => seen.push(kind));
      clock.meanwhile = () => atSleep.push(seen.length);
      await resilience.execute('getUser', failingWork(error));
      stop();
    });

    const at = { domain: 'repository', layer: 'user_repository' };
    expect(events).toEqual([
      { kind: 'started', at, operation: 'getUser', source },
      { kind: 'retried', at, operation: 'getUser', source, attempt: 1, delayMs: 70, error },
      { kind: 'ended', at, operation: 'getUser', source, durationMs: 70, error: null },
    ]);
    expect(atSleep).toEqual([2]);
  });

  it('are published without a layer where the stack has none', async () => {
    const { resilience } = retrying();

    const events = await observed(() => resilience.execute('getUser', failingWork(transient())));

    expect(events).toMatchObject([{ kind: 'retried', at: null, attempt: 1 }]);
  });

  it('do not tell of an attempt that is not going to be made', async () => {
    const { resilience } = retrying({ maxRetries: 2 });

    const events = await observed(() => resilience.execute('getUser', failingWork(transient(), transient())));

    expect(events.map((event) => event.kind === 'retried' && event.attempt)).toEqual([1]);
  });
});

describe('the budget of RetryPolicy', () => {
  const budget = { ratio: 0.2, minRetriesPerSecond: 0 };

  it('allows one retry for five calls at a ratio of 0.2', async () => {
    const { resilience } = retrying({ budget });
    for (let call = 1; call <= 4; call += 1) await resilience.execute('get', failingWork());
    const [fifth, sixth] = [failingWork(transient()), failingWork(transient())];

    expect(await resilience.execute('get', fifth)).toBe(2);
    await expect(resilience.execute('get', sixth)).rejects.toThrow('Try again.');
    expect(sixth.calls).toBe(1);
  });

  it('returns the real error at once when it is used up, without a delay or an event', async () => {
    const { resilience, clock } = retrying({ budget });
    const error = transient();

    const events = await observed(() => expect(resilience.execute('get', failingWork(error))).rejects.toBe(error));

    expect(events).toEqual([]);
    expect(clock.slept).toEqual([]);
  });

  it('is shared by every operation and every instance of the stack', async () => {
    const { resilience } = retrying({ budget: { ratio: 0, minRetriesPerSecond: 0.1 } });

    expect(await resilience.execute('get', failingWork(transient()))).toBe(2);
    await expect(resilience.withSource({}).execute('list', failingWork(transient()))).rejects.toThrow('Try again.');
  });
});
