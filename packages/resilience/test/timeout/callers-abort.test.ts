import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ambientCall } from '@holdfast/operation';
import { type Call, Resilience } from '@holdfast/resilience';
import { gate } from '../gate.js';
import { observed } from '../observed.js';
import { reasonOf, timing } from './timing.js';

/** Work that ends with the reason of its signal. */
function heeding({ signal }: Call): Promise<never> {
  return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
}

describe("the caller's own abort", () => {
  it('is no timeout: its reason is thrown, and nothing is told', async () => {
    const { resilience, clock } = timing();
    const caller = new AbortController();
    const reason = new Error('Enough.');

    const events = await observed(async () => {
      const call = resilience.execute('get', heeding, { signal: caller.signal });
      clock.advance(20);
      caller.abort(reason);
      expect(await reasonOf(call)).toBe(reason);
    });

    expect(events).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('is no timeout where the work takes it longer to end than the time there was', async () => {
    const { resilience, clock } = timing();
    const caller = new AbortController();
    const work = gate();
    const error = new Error('Ended.');

    const events = await observed(async () => {
      const call = resilience.execute('get', work, { signal: caller.signal });
      caller.abort('enough');
      clock.advance(60);
      work.fail(error);
      expect(await reasonOf(call)).toBe(error);
    });

    expect(events).toEqual([]);
  });

  it('is what ends a call whose work does not heed it, when time and grace are over', async () => {
    const { resilience, clock } = timing({ graceMs: 30 });
    const caller = new AbortController();

    const events = await observed(async () => {
      const call = resilience.execute('get', gate(), { signal: caller.signal });
      caller.abort('enough');
      clock.advance(80);
      expect(await reasonOf(call)).toBe('enough');
    });

    expect(events).toEqual([]);
  });

  it('does not take a value from the caller that the work has all the same', async () => {
    const { resilience } = timing();
    const caller = new AbortController();
    const work = gate();
    const call = resilience.execute('create', work, { signal: caller.signal });

    caller.abort('enough');
    work.succeed('stored');

    expect(await call).toBe('stored');
  });

  it('does not let work begin that it comes before', async () => {
    const { resilience, clock } = timing();
    const work = gate();

    expect(await reasonOf(resilience.execute('get', work, { signal: AbortSignal.abort('enough') }))).toBe('enough');
    expect(work.begun).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('is what a call ends with whose deadline has passed, too', async () => {
    const { resilience } = timing();

    const call = resilience.execute('get', gate(), { signal: AbortSignal.abort('enough'), deadlineMs: 0 });

    expect(await reasonOf(call)).toBe('enough');
  });

  it('does not change what has timed out already', async () => {
    const { resilience, clock } = timing();
    const caller = new AbortController();
    const call = resilience.execute('get', gate(), { signal: caller.signal });

    clock.advance(50);
    caller.abort('enough');
    clock.advance(1000);

    expect(await reasonOf(call)).toMatchObject({ timeoutMs: 50 });
  });
});

describe("the caller's signal", () => {
  it('is not listened to where the work does not look at its own', async () => {
    const { resilience } = timing();
    const caller = new AbortController();

    await resilience.execute('get', async () => expect(getEventListeners(caller.signal, 'abort')).toEqual([]), {
      signal: caller.signal,
    });
  });

  it('is all that what heeds the deadline by itself has to look at', async () => {
    const { resilience } = timing();
    const caller = new AbortController();
    const seen = async (): Promise<unknown> => ambientCall()?.signalBesideDeadline;

    expect(await resilience.execute('get', seen, { signal: caller.signal })).toBe(caller.signal);
    expect(await resilience.execute('get', seen)).toBe(null);
    expect(await resilience.execute('get', () => new Resilience({ policies: [] }).execute('part', seen))).toBe(null);
  });

  it('is listened to no longer than the call takes, however it ends', async () => {
    const caller = new AbortController();
    const listeners = (): number => getEventListeners(caller.signal, 'abort').length;
    const looking = (settle: () => Promise<unknown>) => (call: Call) => {
      expect(call.signal?.aborted).toBe(false);
      expect(listeners()).toBe(1);
      return settle();
    };
    const options = { signal: caller.signal };
    const { resilience, clock } = timing({ mode: 'abandon' });

    await resilience.execute(
      'get',
      looking(async () => 'a value'),
      options,
    );
    expect(listeners()).toBe(0);

    await reasonOf(
      resilience.execute(
        'get',
        looking(() => Promise.reject(new Error('No.'))),
        options,
      ),
    );
    expect(listeners()).toBe(0);

    const late = resilience.execute('get', looking(gate()), options);
    clock.advance(50);
    expect(listeners()).toBe(0);
    await reasonOf(late);
  });

  it('may be shared by many calls, which listen to it as one', async () => {
    const { resilience } = timing();
    const caller = new AbortController();
    const listeners = (): number => getEventListeners(caller.signal, 'abort').length;
    const work = gate();
    const looking = (call: Call): Promise<unknown> => (call.isAborted || call.signal === null ? gate()() : work());
    const heeded: Call[] = [];

    const calls = Array.from({ length: 30 }, () => resilience.execute('get', looking, { signal: caller.signal }));
    expect(listeners()).toBe(1);
    calls.slice(1).forEach(() => work.succeed('done'));
    await Promise.all(calls.slice(0, -1));
    expect(listeners()).toBe(1);

    const last = resilience.execute('get', (call) => (heeded.push(call), heeding(call)), { signal: caller.signal });
    caller.abort('enough');
    expect(await reasonOf(last)).toBe('enough');
    expect(heeded[0]?.isAborted).toBe(true);
    expect(listeners()).toBe(0);
    work.succeed('done');
    await calls.at(-1);
  });
});
