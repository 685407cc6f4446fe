import { describe, expect, it } from '@jest/globals';
import { EntityNotFound, errorCode, HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import { ambientCall, withinAmbientSession } from '@holdfast/operation';
import {
  type Call,
  CircuitBreakerPolicy,
  CircuitOpen,
  type FallbackArgs,
  FallbackPolicy,
  isReplaceable,
  MetricPolicy,
  Resilience,
  RetryPolicy,
} from '@holdfast/resilience';
import { failingWork, transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';

function fallingBack(args: FallbackArgs): Resilience {
  return new Resilience({ policies: [new FallbackPolicy(args)] });
}

const open = new CircuitOpen({ breaker: 'main', state: 'open', retryAfterMs: 1 });
const canceled = errorCode('backendai', 'generic', 'canceled');

describe('FallbackPolicy', () => {
  it('answers a failed call in another way', async () => {
    const resilience = fallingBack({ fallback: () => 'from elsewhere' });

    expect(await resilience.execute<unknown>('get', failingWork(transient()))).toBe('from elsewhere');
  });

  it('gives the fallback the error and the call', async () => {
    const given: [unknown, Call][] = [];
    const resilience = fallingBack({ fallback: (...both) => void given.push(both) });
    const error = transient();

    await resilience.execute('getUser', failingWork(error));

    expect(given).toHaveLength(1);
    expect(given[0]![0]).toBe(error);
    expect(given[0]![1].operation).toBe('getUser');
  });

  it('is not asked where the call succeeds', async () => {
    let asked = 0;
    const resilience = fallingBack({ fallback: () => (asked += 1) });

    expect(await resilience.execute('get', async () => null)).toBeNull();
    expect(asked).toBe(0);
  });

  it('waits for what the fallback brings', async () => {
    const resilience = fallingBack({ fallback: async () => 'later' });

    expect(await resilience.execute<unknown>('get', failingWork(transient()))).toBe('later');
  });

  it('stands in where retries are used up or the circuit is open', async () => {
    const clock = new ManualClock();
    const policies = [
      new FallbackPolicy({ fallback: (error) => (error instanceof CircuitOpen ? 'open' : 'failed') }),
      new RetryPolicy({ clock, maxRetries: 2 }),
      new CircuitBreakerPolicy({ clock, opensAfter: { consecutiveFailures: 2 } }),
    ];
    const resilience = new Resilience({ policies });
    const work = failingWork(transient(), transient());

    expect(await resilience.execute<unknown>('get', work)).toBe('failed');
    expect(await resilience.execute<unknown>('get', work)).toBe('open');
    expect(work.calls).toBe(2);
  });
});

describe('by default a fallback answers', () => {
  it.each([
    ['a database that cannot be reached', transient()],
    ['an open circuit', open],
    ['a foreign error', new Error('Something.')],
    ['a foreign TimeoutError', new DOMException('Late.', 'TimeoutError')],
    ['a fetch that found nobody', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
  ])('%s', async (_, error) => {
    const resilience = fallingBack({ fallback: () => 'from elsewhere' });

    expect(isReplaceable(error)).toBe(true);
    expect(await resilience.execute<unknown>('get', failingWork(error))).toBe('from elsewhere');
  });
});

describe('by default a fallback does not answer', () => {
  it.each([
    ['a write that may be stored', transient('?', 'unknown')],
    ['a write that is stored', transient('!', 'committed')],
    ['a row that is not there', new EntityNotFound('user')],
    ['an input that was refused', new InvalidInput('INVALID_ID', 'No.', '/id')],
    ['a misuse', new Misuse('No.')],
    ['a fault of the program', new TypeError('A fault.')],
    ['a fault of the program in another realm', Object.assign(Object.create(null) as object, { name: 'RangeError' })],
    ['an abort', new DOMException('Never mind.', 'AbortError')],
    ['an abort of ours', new HoldfastError({ code: canceled, message: 'Never mind.' })],
  ])('%s', async (_, error) => {
    const resilience = fallingBack({ fallback: () => 'from elsewhere' });

    expect(isReplaceable(error)).toBe(false);
    await expect(resilience.execute<unknown>('get', failingWork(error))).rejects.toBe(error);
  });

  it('a call that its caller has ended, whatever it ended with', async () => {
    const resilience = fallingBack({ fallback: () => 'from elsewhere', handles: () => true });
    const controller = new AbortController();
    const error = transient();
    const work = async (): Promise<string> => {
      controller.abort();
      throw error;
    };

    await expect(resilience.execute('get', work, { signal: controller.signal })).rejects.toBe(error);
  });
});

describe('a rule of one’s own', () => {
  it('decides which errors a fallback answers', async () => {
    const handles = (error: unknown): boolean => error instanceof EntityNotFound;
    const resilience = fallingBack({ fallback: () => null, handles });
    const error = transient();

    expect(await resilience.execute<unknown>('get', failingWork(new EntityNotFound('user')))).toBeNull();
    await expect(resilience.execute<unknown>('get', failingWork(error))).rejects.toBe(error);
  });
});

describe('a fallback that fails', () => {
  it('is what the caller sees, with the error before as its cause', async () => {
    const [first, second] = [transient('first'), new Error('second')];
    const resilience = fallingBack({ fallback: () => Promise.reject(second) });

    await expect(resilience.execute('get', failingWork(first))).rejects.toBe(second);
    expect(second.cause).toBe(first);
  });

  it('keeps a cause of its own', async () => {
    const cause = new Error('its own');
    const second = new Error('second', { cause });
    const resilience = fallingBack({
      fallback: () => {
        throw second;
      },
    });

    await expect(resilience.execute('get', failingWork(transient()))).rejects.toBe(second);
    expect(second.cause).toBe(cause);
  });

  it('may throw the error that it was given, to leave it as it is', async () => {
    const error = transient();
    const resilience = fallingBack({ fallback: (given) => Promise.reject(given) });

    await expect(resilience.execute('get', failingWork(error))).rejects.toBe(error);
    expect(error.cause).toBeUndefined();
  });

  it('may throw what cannot be given a cause', async () => {
    const frozen = Object.freeze(new Error('second'));
    for (const thrown of [frozen, 'a text', null]) {
      const resilience = fallingBack({ fallback: failingWork(thrown) });

      await expect(resilience.execute('get', failingWork(transient()))).rejects.toBe(thrown);
    }
  });
});

describe('what a fallback does', () => {
  it('has the deadline and the signal of the call', async () => {
    const { signal } = new AbortController();
    let inside: ReturnType<typeof ambientCall> = null;
    const resilience = fallingBack({ fallback: async () => void (inside = ambientCall()) });

    await resilience.execute('get', failingWork(transient()), { signal, deadlineMs: 60_000 });

    expect(inside!.signal).toBe(signal);
    expect(inside!.deadline).not.toBeNull();
  });

  it('is not done inside an open dbSession: whoever began it has to know', async () => {
    const resilience = fallingBack({ fallback: () => 'from elsewhere' });
    const error = transient();

    const part = withinAmbientSession({}, () => resilience.execute('get', failingWork(error)));

    await expect(part).rejects.toBe(error);
  });
});

describe('the event of a FallbackPolicy', () => {
  it('tells what the call would have failed with, and the call has succeeded', async () => {
    const clock = new ManualClock();
    const metrics = new MetricPolicy({ domain: 'repository', layer: 'user_repository', clock });
    const fallback = new FallbackPolicy({ fallback: () => 1 });
    const error = transient();

    const events = await observed(() =>
      new Resilience({ policies: [metrics, fallback] }).execute('getUser', failingWork(error)),
    );

    const same = { at: metrics.layer, operation: 'getUser', source: null };
    expect(events).toEqual([
      { kind: 'started', ...same },
      { kind: 'fell-back', ...same, error },
      { kind: 'ended', ...same, durationMs: 0, error: null },
    ]);
  });

  it('is not told where the fallback failed or was not asked', async () => {
    const failing = fallingBack({ fallback: () => Promise.reject(new Error('No.')) });

    expect(await observed(() => failing.execute('get', failingWork(transient())))).toEqual([]);
    expect(await observed(() => failing.execute('get', failingWork(new TypeError('A fault.'))))).toEqual([]);
  });
});

describe('the arguments of FallbackPolicy', () => {
  it.each([
    ['fallback', {}],
    ['handles', { fallback: () => null, handles: 'all' }],
  ])('are checked: %s', (name, args) => {
    const make = (): unknown => new FallbackPolicy(args as unknown as FallbackArgs);

    expect(make).toThrow(Misuse);
    expect(make).toThrow(`FallbackPolicy: ${name} must be `);
  });
});
