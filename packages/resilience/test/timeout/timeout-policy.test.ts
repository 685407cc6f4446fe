import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { EntityNotFound, errorCode, HoldfastError } from '@holdfast/errors';
import { isGivenUp, markGivenUp, withinAmbientSession } from '@holdfast/operation';
import { RetryPolicy, Resilience, TimedOut, TimeoutPolicy } from '@holdfast/resilience';
import { transient } from '../failing-work.js';
import { gate } from '../gate.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';
import { reasonOf, timing } from './timing.js';

/** As a Database throws it: surely not stored. */
function deadlineExceeded(outcome: 'not-committed' | 'unknown' = 'not-committed'): HoldfastError {
  const code = errorCode('database', 'generic', 'timeout');
  return new HoldfastError({ code, message: 'Too late.', httpStatus: 504, outcome });
}

describe('TimeoutPolicy', () => {
  it('hands on what the work returns or throws in time', async () => {
    const { resilience, clock } = timing();
    const error = new EntityNotFound('user');

    expect(await resilience.execute('get', async () => 'a value')).toBe('a value');
    expect(await reasonOf(resilience.execute('get', () => Promise.reject(error)))).toBe(error);
    expect(clock.waiting).toBe(0);
  });

  it('gives the call a deadline, by which a Database ends what runs at the server', async () => {
    const { resilience } = timing();

    expect(await resilience.execute('get', async ({ deadline }) => deadline?.remainingMs)).toBe(50);
  });

  it('leaves a deadline that is nearer', async () => {
    const { resilience } = timing();

    const leftMs = resilience.execute('get', async ({ deadline }) => deadline?.remainingMs, { deadlineMs: 20 });

    expect(await leftMs).toBe(20);
  });

  it('aborts the signal of the call when the time is over, with what the call fails with', async () => {
    const { resilience, clock } = timing();
    const signals: AbortSignal[] = [];
    const call = resilience.execute('get', ({ signal }) => {
      signals.push(signal!);
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });

    clock.advance(49);
    expect(signals[0]?.aborted).toBe(false);
    clock.advance(1);
    expect(signals[0]?.aborted).toBe(true);

    const error = await reasonOf(call);
    expect(error).toBeInstanceOf(TimedOut);
    expect(error).toBe(signals[0]?.reason);
    expect(error).toMatchObject({ timeoutMs: 50, code: 'backendai_generic_timeout', httpStatus: 504 });
  });

  it('gives a signal that has aborted to work that looks at it only after its time', async () => {
    const { resilience, clock } = timing();
    const work = gate();
    const seen = resilience.execute('get', async (call) => {
      await work();
      return [call.isAborted, call.signal?.aborted, call.signal?.reason instanceof TimedOut];
    });

    clock.advance(50);
    work.succeed('late');

    expect(await seen).toEqual([true, true, true]);
  });

  it('returns a value that comes late: what was committed is never reported as failed', async () => {
    const { resilience, clock } = timing();
    const work = gate();
    const call = resilience.execute('create', work);

    clock.advance(500);
    work.succeed('stored');

    expect(await call).toBe('stored');
    expect(clock.waiting).toBe(0);
  });

  it('tells that the time was over, once, whatever comes of it', async () => {
    const { resilience, clock } = timing();
    const work = gate();

    const events = await observed(async () => {
      const call = resilience.execute('get', work);
      clock.advance(50);
      work.succeed('late');
      await call;
    });

    expect(events).toEqual([{ kind: 'timed-out', at: null, operation: 'get', source: null, timeoutMs: 50 }]);
  });

  it('is the one error that says timeout where the work says so too, with that as its cause and its outcome', async () => {
    const { resilience, clock } = timing();

    for (const outcome of ['not-committed', 'unknown'] as const) {
      const work = gate();
      const cause = deadlineExceeded(outcome);
      const call = resilience.execute('get', work);
      clock.advance(50);
      work.fail(cause);

      const error = await reasonOf(call);
      expect(error).toBeInstanceOf(TimedOut);
      expect(error).toMatchObject({ cause, outcome, retryable: outcome === 'not-committed' });
    }
  });

  it('is that error, too, where the work heeds its deadline a moment before the timer does', async () => {
    const { resilience, clock } = timing();
    const work = gate();
    const cause = deadlineExceeded();
    let error: unknown;

    const events = await observed(async () => {
      const call = resilience.execute('get', work);
      clock.advance(49);
      work.fail(cause);
      error = await reasonOf(call);
    });

    expect(error).toBeInstanceOf(TimedOut);
    expect(error).toMatchObject({ cause, outcome: 'not-committed', retryable: true });
    expect(events).toMatchObject([{ kind: 'timed-out' }]);
    expect(clock.waiting).toBe(0);
  });

  it('leaves the timeout of somebody else, who had less time, as it is', async () => {
    const { resilience, clock } = timing();
    const error = deadlineExceeded();

    const events = await observed(async () => {
      const work = gate();
      const call = resilience.execute('get', work);
      clock.advance(20);
      work.fail(error);
      expect(await reasonOf(call)).toBe(error);
    });

    expect(events).toEqual([]);
  });

  it('leaves an error as it is that came for another reason, be it late', async () => {
    const { resilience, clock } = timing();
    const work = gate();
    const error = new EntityNotFound('user');
    const call = resilience.execute('get', work);

    clock.advance(60);
    work.fail(error);

    expect(await reasonOf(call)).toBe(error);
  });

  it('takes an error for one of the timeout that was caused by it: a connection that was cut, for instance', async () => {
    const { resilience, clock } = timing();
    const call = resilience.execute(
      'create',
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          const code = errorCode('database', 'generic', 'unknown-outcome');
          signal?.addEventListener('abort', () => {
            const cause = new Error('No answer to what was cancelled.', { cause: signal.reason });
            reject(new HoldfastError({ code, message: 'Nobody knows.', outcome: 'unknown', cause }));
          });
        }),
    );

    clock.advance(50);

    const error = await reasonOf(call);
    expect(error).toBeInstanceOf(TimedOut);
    expect(error).toMatchObject({ outcome: 'unknown', retryable: false, cause: { message: 'Nobody knows.' } });
  });

  it.each([
    ['unknown', {}, false],
    ['not-committed', { outcome: 'not-committed' }, true],
  ] as const)(
    'assumes the outcome %s of work that fails with a foreign error: %j',
    async (outcome, args, retryable) => {
      const { resilience, clock } = timing(args);
      const work = gate();
      const cause = new TypeError('terminated');
      const call = resilience.execute('get', work);

      clock.advance(50);
      work.fail(cause);

      const error = await reasonOf(call);
      expect(error).toBeInstanceOf(TimedOut);
      expect(error).toMatchObject({ cause, outcome, retryable });
    },
  );

  it('stays marked as given up where the error of the work was', async () => {
    const { resilience, clock } = timing();
    const work = gate();
    const call = resilience.execute('get', work);
    const cause = deadlineExceeded();
    markGivenUp(cause);

    clock.advance(50);
    work.fail(cause);

    expect(isGivenUp(await reasonOf(call))).toBe(true);
  });

  it('turns away from work that has not settled when the grace is over: nobody knows what becomes of it', async () => {
    const { resilience, clock } = timing({ graceMs: 30 });
    const call = resilience.execute('create', gate());
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    call.then(settle, settle);

    clock.advance(79);
    await turnOfLoop();
    expect(isSettled).toBe(false);
    clock.advance(1);

    const error = await reasonOf(call);
    expect(error).toBeInstanceOf(TimedOut);
    expect(error).toMatchObject({ outcome: 'unknown', retryable: false });
    expect(clock.waiting).toBe(0);
  });

  it('waits for a second by default', async () => {
    const { resilience, clock } = timing();
    const work = gate();
    const call = resilience.execute('get', work);

    clock.advance(1049);
    work.succeed('late');

    expect(await call).toBe('late');
  });

  it('turns away at once where it is told to abandon', async () => {
    const { resilience, clock } = timing({ mode: 'abandon' });
    const call = resilience.execute('get', gate());

    clock.advance(50);

    expect(await reasonOf(call)).toBeInstanceOf(TimedOut);
    expect(clock.waiting).toBe(0);
  });

  it.each(['succeed', 'fail'] as const)('drops what comes when it has turned away: work that will %s', async (how) => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listener);
    try {
      const { resilience, clock } = timing({ mode: 'abandon' });
      const work = gate<unknown>();
      const call = resilience.execute('get', work);
      clock.advance(50);
      const error = await reasonOf(call);

      work[how](new Error('Late.'));
      await turnOfLoop();
      await turnOfLoop();

      expect(await reasonOf(call)).toBe(error);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', listener);
    }
  });

  it('acts inside an open dbSession, too', async () => {
    const { resilience, clock } = timing({ mode: 'abandon' });
    const call = withinAmbientSession({}, () => resilience.execute('part', gate()));

    clock.advance(50);

    expect(await reasonOf(call)).toBeInstanceOf(TimedOut);
  });

  it('has a name in the formula of a stack', () => {
    expect(timing().resilience.describe()).toBe('timeout(call)');
  });
});

describe('TimeoutPolicy with a RetryPolicy', () => {
  it('gives its time to each attempt inside of it, and those that surely left nothing are made again', async () => {
    const clock = new ManualClock();
    const policies = [
      new RetryPolicy({ retryDelayMs: 10, jitter: 'none', clock }),
      new TimeoutPolicy({ timeoutMs: 50, clock }),
    ];
    const work = gate<unknown>();
    const call = new Resilience({ policies, clock }).execute('get', work);

    clock.advance(50);
    work.fail(deadlineExceeded());
    await turnOfLoop();
    expect(clock.slept).toEqual([10]);
    expect(work.begun).toBe(2);
    clock.advance(49);
    work.succeed('the second');

    expect(await call).toBe('the second');
  });

  it('does not have an attempt made again that may have been stored', async () => {
    const clock = new ManualClock();
    const policies = [new RetryPolicy({ clock }), new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', clock })];
    const work = gate();
    const call = new Resilience({ policies, clock }).execute('create', work);

    clock.advance(50);

    expect(await reasonOf(call)).toMatchObject({ outcome: 'unknown' });
    expect(work.begun).toBe(1);
  });

  it('gives its time to all attempts together outside of it, whose last real error is thrown', async () => {
    const clock = new ManualClock();
    const policies = [
      new TimeoutPolicy({ timeoutMs: 50, clock }),
      new RetryPolicy({ retryDelayMs: 60, jitter: 'none', clock }),
    ];
    const error = transient();

    expect(await reasonOf(new Resilience({ policies, clock }).execute('get', () => Promise.reject(error)))).toBe(error);
    expect(clock.slept).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});
