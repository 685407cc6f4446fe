import { getEventListeners } from 'node:events';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type BulkheadArgs, BulkheadFull, BulkheadPolicy, BulkheadTimeout, Resilience } from '@holdfast/resilience';
import { type Gate, gate } from '../gate.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';

/** A bulkhead whose only place is taken until the gate is opened. */
function taken(args: Partial<BulkheadArgs> = {}): {
  bulkhead: BulkheadPolicy;
  resilience: Resilience;
  clock: ManualClock;
  work: Gate<string>;
} {
  const clock = new ManualClock();
  const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 10, clock, ...args });
  const resilience = new Resilience({ policies: [bulkhead], clock });
  const work = gate();
  void resilience.execute('get', work);
  return { bulkhead, resilience, clock, work };
}

const caught = (reason: unknown): unknown => reason;

describe('a call that waits in a bulkhead', () => {
  it('is refused when it has waited for as long as it may', async () => {
    const { bulkhead, resilience, clock } = taken({ maxWaitMs: 50 });
    const waiting = resilience.execute('get', gate()).catch(caught);

    clock.advance(49);
    expect(bulkhead.figures.queued).toBe(1);
    clock.advance(1);

    expect(bulkhead.figures.queued).toBe(0);
    const error = await waiting;
    expect(error).toBeInstanceOf(BulkheadFull);
    expect(error).toMatchObject({ limit: 'maxWaitMs', retryable: false, outcome: 'not-committed' });
  });

  it('ends with its deadline where that is nearer, by an error that says that the time was over', async () => {
    const { bulkhead, resilience, clock } = taken({ maxWaitMs: 50, label: 'reports' });
    const waiting = resilience.execute('get', gate(), { deadlineMs: 20 }).catch(caught);

    clock.advance(20);

    expect(bulkhead.figures.queued).toBe(0);
    const error = await waiting;
    expect(error).toBeInstanceOf(BulkheadTimeout);
    expect(error).toMatchObject({
      bulkhead: 'reports',
      code: 'backendai_generic_timeout',
      httpStatus: 504,
      retryable: false,
      outcome: 'not-committed',
      isOverload: true,
    });
  });

  it('does not begin to wait when its deadline has passed', async () => {
    const { bulkhead, resilience } = taken();

    const waiting = resilience.execute('get', gate(), { deadlineMs: 0 });

    expect(bulkhead.figures.queued).toBe(0);
    await expect(waiting).rejects.toBeInstanceOf(BulkheadTimeout);
  });

  it.each([
    ['its deadline', { deadlineMs: 20 }],
    ['the wait', {}],
  ])('tells that it was refused when %s is over', async (_name, options) => {
    const { resilience, clock } = taken({ maxWaitMs: 50 });
    let error: unknown;

    const events = await observed(async () => {
      const waiting = resilience.execute('get', gate(), options);
      clock.advance(50);
      error = await waiting.catch(caught);
    });

    expect(events).toMatchObject([{ kind: 'rejected', policy: 'bulkhead', operation: 'get' }]);
    expect(events[0]).toHaveProperty('error', error);
  });

  it('ends at once with the reason of its signal, and is not told as refused', async () => {
    const { bulkhead, resilience, work } = taken();
    const caller = new AbortController();
    const reason = new Error('Enough.');
    const late = gate();

    const events = await observed(async () => {
      const waiting = resilience.execute('get', late, { signal: caller.signal });
      caller.abort(reason);
      expect(bulkhead.figures.queued).toBe(0);
      await expect(waiting).rejects.toBe(reason);
    });

    expect(events).toEqual([]);
    work.succeed('done');
    await turnOfLoop();
    expect(late.begun).toBe(0);
    expect(bulkhead.figures.running).toBe(0);
  });

  it('does not begin to wait when its signal has aborted', async () => {
    const { bulkhead, resilience } = taken();

    const waiting = resilience.execute('get', gate(), { signal: AbortSignal.abort('enough') });

    expect(bulkhead.figures.queued).toBe(0);
    await expect(waiting).rejects.toBe('enough');
  });

  it('does not keep those behind it from their turn when it goes', async () => {
    const { bulkhead, resilience, work } = taken();
    const callers = Array.from({ length: 5 }, () => new AbortController());
    const waiting = callers.map(({ signal }, index) => resilience.execute('get', async () => index, { signal }));

    for (const index of [0, 2, 4]) callers[index]!.abort('enough');
    expect(bulkhead.figures.queued).toBe(2);
    work.succeed('done');

    expect(await Promise.allSettled(waiting)).toEqual([
      { status: 'rejected', reason: 'enough' },
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: 'enough' },
      { status: 'fulfilled', value: 3 },
      { status: 'rejected', reason: 'enough' },
    ]);
    expect(bulkhead.figures).toEqual({ running: 0, queued: 0, limit: 1 });
  });

  it('gives its place on when its signal aborts between being called and beginning', async () => {
    const { bulkhead, resilience, work } = taken();
    const caller = new AbortController();
    const never = gate();
    const waiting = resilience.execute('get', never, { signal: caller.signal });
    const behind = resilience.execute('get', async () => 'behind');

    work.succeed('done');
    while (bulkhead.figures.queued > 1) await Promise.resolve();
    caller.abort('enough');

    await expect(waiting).rejects.toBe('enough');
    expect(never.begun).toBe(0);
    expect(await behind).toBe('behind');
    expect(bulkhead.figures).toEqual({ running: 0, queued: 0, limit: 1 });
  });

  it('leaves no timer and no listener behind, however it ends', async () => {
    const { resilience, clock, work } = taken({ maxWaitMs: 50 });
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
    const listeners = (): number =>
      [first, second, third].reduce((sum, { signal }) => sum + getEventListeners(signal, 'abort').length, 0);
    const waiting = [first, second, third].map(({ signal }) =>
      resilience.execute('get', async () => 'a value', { signal }),
    );
    void Promise.allSettled(waiting);
    expect([clock.waiting, listeners()]).toEqual([3, 3]);

    first.abort('enough');
    expect([clock.waiting, listeners()]).toEqual([2, 2]);
    work.succeed('done');
    await expect(waiting[1]).resolves.toBe('a value');
    await expect(waiting[2]).resolves.toBe('a value');
    expect([clock.waiting, listeners()]).toEqual([0, 0]);
    await expect(waiting[0]).rejects.toBe('enough');

    const { resilience: full, clock: itsClock } = taken({ maxWaitMs: 50 });
    const refused = full.execute('get', gate(), { signal: second.signal }).catch(caught);
    itsClock.advance(50);
    await refused;
    expect([itsClock.waiting, listeners()]).toEqual([0, 0]);
  });
});
