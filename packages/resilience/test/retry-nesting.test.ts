import { describe, expect, it } from '@jest/globals';
import { HoldfastError } from '@holdfast/errors';
import { ambientCall, withinAmbientSession } from '@holdfast/operation';
import { Resilience, RetryPolicy } from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';
import { observed } from './observed.js';
import { retrying } from './retrying.js';

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
  it('do not multiply: the outermost one acts, and the others let the call pass', async () => {
    const { resilience: outer, clock: outerClock } = retrying({ maxRetries: 4 });
    const { resilience: inner, clock: innerClock } = retrying({ maxRetries: 3 });
    const work = failingWork(...Array.from({ length: 12 }, () => transient()));

    await expect(outer.execute('outer', () => inner.execute('inner', work))).rejects.toThrow('Try again.');
    expect(work.calls).toBe(4);
    expect(outerClock.slept).toHaveLength(3);
    expect(innerClock.slept).toEqual([]);
  });

  it('do not multiply where there is waiting in between', async () => {
    const { resilience: outer } = retrying({ maxRetries: 4 });
    const { resilience: inner } = retrying({ maxRetries: 3 });
    const work = failingWork(...Array.from({ length: 12 }, () => transient()));

    const whole = outer.execute('outer', async () => {
      await new Promise(setImmediate);
      return inner.execute('inner', work);
    });

    await expect(whole).rejects.toThrow('Try again.');
    expect(work.calls).toBe(4);
  });

  it('do not multiply within one stack either', async () => {
    const clock = new ManualClock();
    const policies = [new RetryPolicy({ maxRetries: 4, clock }), new RetryPolicy({ maxRetries: 3, clock })];
    const work = failingWork(...Array.from({ length: 12 }, () => transient()));

    await expect(new Resilience({ policies }).execute('get', work)).rejects.toThrow('Try again.');
    expect(work.calls).toBe(4);
  });

  it('go by the rules of the outermost one', async () => {
    class Refused extends HoldfastError {}
    const { resilience: outer } = retrying();
    const { resilience: inner } = retrying({ nonRetryableExceptions: [Refused] });
    const work = failingWork(new Refused({ code: transient().code, message: 'No.', retryable: true }));

    expect(await outer.execute('outer', () => inner.execute('inner', work))).toBe(2);
  });

  it('act inside of one that makes no second attempt', async () => {
    const { resilience: outer } = retrying({ maxRetries: 1 });
    const { resilience: inner } = retrying({ maxRetries: 3 });
    const work = failingWork(transient(), transient());

    expect(await outer.execute('outer', () => inner.execute('inner', work))).toBe(3);
  });

  it('act again in what outlives the call around it', async () => {
    const { resilience: outer } = retrying();
    const { resilience: inner } = retrying();
    const work = failingWork(transient());
    let later: Promise<number> | undefined;
    let goOn = (): void => {};
    const ended = new Promise<void>((resolve) => (goOn = resolve));

    await outer.execute('outer', async () => {
      later = ended.then(() => inner.execute('inner', work));
    });
    goOn();

    expect(await later).toBe(2);
  });

  it('do not make again what has committed something, and let those inside make their own part again', async () => {
    const { resilience: outer, clock } = retrying();
    const { resilience: inner } = retrying();
    const stored: string[] = [];
    const write = (name: string, ...errors: readonly Error[]): Promise<number> =>
      inner.execute('write', failingWork(...errors)).then((made) => {
        stored.push(name);
        ambientCall()?.committed();
        return made;
      });

    await outer.execute('both', async () => {
      await write('first');
      await write('second', transient());
    });

    expect(stored).toEqual(['first', 'second']);
    expect(clock.slept).toEqual([]);
  });

  it('give up where something was committed and the rest fails for good', async () => {
    const { resilience, clock } = retrying();
    const error = transient();
    let attempts = 0;

    const events = await observed(() =>
      expect(
        resilience.execute('both', async () => {
          attempts += 1;
          ambientCall()?.committed();
          throw error;
        }),
      ).rejects.toBe(error),
    );

    expect(attempts).toBe(1);
    expect(clock.slept).toEqual([]);
    expect(events).toMatchObject([{ kind: 'given-up', attempts: 1, reason: 'committed', error }]);
  });

  it('make the next attempt of a call again of which only an earlier one has committed nothing', async () => {
    const { resilience } = retrying();
    let attempts = 0;

    const call = resilience.execute('get', async () => {
      attempts += 1;
      if (attempts === 2) ambientCall()?.committed();
      if (attempts < 3) throw transient();
    });

    await expect(call).rejects.toThrow('Try again.');
    expect(attempts).toBe(2);
  });

  it('keep the time of each, be it retried further out', async () => {
    const clock = new ManualClock();
    const outer = new Resilience({ policies: [new RetryPolicy({ clock })] });
    const inner = new Resilience({ policies: [new RetryPolicy({ clock, deadlineMs: 500 })] });

    const left = await outer.execute('outer', () => inner.execute('inner', async (call) => call.deadline?.remainingMs));

    expect(left).toBe(500);
  });

  it('act within what a thenable begins only when somebody waits for it', async () => {
    const { resilience: outer } = retrying({ maxRetries: 3 });
    const { resilience: inner } = retrying({ maxRetries: 3 });
    const work = failingWork(...Array.from({ length: 9 }, () => transient()));
    const lazy = (): Promise<number> =>
      ({ then: (...done: Parameters<Promise<number>['then']>) => inner.execute('inner', work).then(...done) }) as never;

    await expect(outer.execute('outer', lazy)).rejects.toThrow('Try again.');
    expect(work.calls).toBe(3);
  });
});
