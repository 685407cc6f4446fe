import { describe, expect, it } from '@jest/globals';
import { EntityNotFound, HoldfastError, Misuse } from '@holdfast/errors';
import { BackoffStrategy } from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { observed } from './observed.js';
import { retrying } from './retrying.js';

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

  it('returns the real error at once when it is used up, without a delay', async () => {
    const { resilience, clock } = retrying({ budget });
    const error = transient();

    const events = await observed(() => expect(resilience.execute('get', failingWork(error))).rejects.toBe(error));

    expect(events).toMatchObject([{ kind: 'given-up', attempts: 1, reason: 'budget', error }]);
    expect(clock.slept).toEqual([]);
  });

  it('is shared by every operation and every instance of the stack', async () => {
    const { resilience } = retrying({ budget: { ratio: 0, minRetriesPerSecond: 0.1 } });

    expect(await resilience.execute('get', failingWork(transient()))).toBe(2);
    await expect(resilience.withSource({}).execute('list', failingWork(transient()))).rejects.toThrow('Try again.');
  });
});
