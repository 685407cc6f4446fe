import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ambientCall } from '@holdfast/operation';
import { type Call, LazySignal, NoPolicy, type Policy, Resilience } from '@holdfast/resilience';

/** A policy that gives the call a signal of its own, which is made when somebody looks at it. */
class Signalling implements Policy {
  readonly name = 'signalling';
  readonly made: LazySignal[] = [];

  execute<Result>(call: Call, next: (call: Call) => Promise<Result>): Promise<Result> {
    const signal = new LazySignal(call);
    this.made.push(signal);
    return next(call.with({ signal })).finally(() => signal.release());
  }
}

function signalling(): { policy: Signalling; resilience: Resilience } {
  const policy = new Signalling();
  return { policy, resilience: new Resilience({ policies: [policy] }) };
}

describe('a signal that is made when somebody looks at it', () => {
  it('is the same for everybody who looks, in the work and in what the work calls', async () => {
    const { resilience } = signalling();
    const inner = new Resilience({ policies: [new NoPolicy()] });

    await resilience.execute('get', async ({ signal }) => {
      expect(signal).toBeInstanceOf(AbortSignal);
      expect(ambientCall()?.signal).toBe(signal);
      await inner.execute('part', async (part) => expect(part.signal).toBe(signal));
    });
  });

  it('is not made by a call inside of the call', async () => {
    const { resilience } = signalling();
    const caller = new AbortController();
    const inner = new Resilience({ policies: [] });
    const listeners = resilience.execute(
      'get',
      () => inner.execute('part', async () => getEventListeners(caller.signal, 'abort').length),
      { signal: caller.signal },
    );

    expect(await listeners).toBe(0);
  });

  it('aborts with the signal around it, and listens to that no longer than the call takes', async () => {
    const { resilience } = signalling();
    const caller = new AbortController();
    const options = { signal: caller.signal };

    await resilience.execute('get', async ({ signal }) => expect(signal?.aborted).toBe(false), options);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    const seen = await resilience.execute(
      'get',
      async (call) => {
        const { signal } = call;
        caller.abort('enough');
        return [signal?.aborted, signal?.reason, call.isAborted];
      },
      options,
    );

    expect(seen).toEqual([true, 'enough', true]);
  });

  it('says whether it has aborted before anybody has looked at it', async () => {
    const { policy, resilience } = signalling();
    const caller = new AbortController();

    await resilience.execute(
      'get',
      async (call) => {
        expect(call.isAborted).toBe(false);
        caller.abort('enough');
        expect(call.isAborted).toBe(true);
        expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
        expect(call.signal?.reason).toBe('enough');
      },
      { signal: caller.signal },
    );
    expect(policy.made).toHaveLength(1);
  });

  it('is looked at by what heeds the deadline by itself, unless it only repeats that', async () => {
    const { resilience } = signalling();

    await resilience.execute('get', async ({ signal }) => expect(ambientCall()?.signalBesideDeadline).toBe(signal));
  });

  it('keeps the first reason that it was aborted with', async () => {
    const { policy, resilience } = signalling();

    await resilience.execute('get', async (call) => {
      policy.made[0]!.abort('first');
      policy.made[0]!.abort('second');
      expect(call.signal?.reason).toBe('first');
    });
  });

  it('keeps work from beginning that a call inside is for', async () => {
    const { policy, resilience } = signalling();
    const inner = new Resilience({ policies: [] });
    let begun = false;

    const whole = resilience.execute('get', async () => {
      policy.made[0]!.abort(new Error('Enough.'));
      return inner.execute('part', async () => (begun = true));
    });

    await expect(whole).rejects.toThrow('Enough.');
    expect(begun).toBe(false);
  });
});
