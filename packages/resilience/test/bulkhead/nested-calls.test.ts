import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { BulkheadPolicy, type Policy, Resilience, RetryPolicy, TimeoutPolicy } from '@holdfast/resilience';
import { transient } from '../failing-work.js';
import { gate } from '../gate.js';
import { ManualClock } from '../manual-clock.js';

describe('a call inside of one that has a place in the same bulkhead', () => {
  it('runs in that place where it would have to wait, or both would wait for ever', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 2, maxQueued: 10 });
    const resilience = new Resilience({ policies: [bulkhead] });
    const whole = (name: string): Promise<string> =>
      resilience.execute('whole', async () => {
        await turnOfLoop();
        return resilience.execute('part', async () => name);
      });

    expect(await Promise.all(['a', 'b', 'c'].map(whole))).toEqual(['a', 'b', 'c']);
    expect(bulkhead.figures).toEqual({ running: 0, queued: 0, limit: 2 });
  });

  it('runs in that place where none may wait', async () => {
    const resilience = new Resilience({ policies: [new BulkheadPolicy({ maxConcurrent: 1 })] });

    expect(await resilience.execute('whole', () => resilience.execute('part', async () => 'a part'))).toBe('a part');
  });

  it('runs in that place through stacks in between', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    const [outer, inner] = [new Resilience({ policies: [bulkhead] }), new Resilience({ policies: [bulkhead] })];
    const between = new Resilience({ policies: [] });

    const whole = outer.execute('whole', () =>
      between.execute('between', () => inner.execute('part', async () => 'a part'), { deadlineMs: 60_000 }),
    );

    expect(await whole).toBe('a part');
  });

  it('takes a place of its own where there is one', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 2 });
    const resilience = new Resilience({ policies: [bulkhead] });

    await resilience.execute('whole', () =>
      resilience.execute('part', async () => expect(bulkhead.figures.running).toBe(2)),
    );
  });

  it('waits like any other when the call around it has ended', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    const resilience = new Resilience({ policies: [bulkhead] });
    let goOn = (): void => {};
    const ended = new Promise<void>((resolve) => (goOn = resolve));
    let later: Promise<string> | undefined;
    await resilience.execute('whole', async () => {
      later = ended.then(() => resilience.execute('part', async () => 'a part'));
    });
    const work = gate();
    const other = resilience.execute('get', work);
    goOn();

    await expect(later).rejects.toMatchObject({ limit: 'maxConcurrent' });
    work.succeed('done');
    await other;
  });
});

describe('a call that outlives the one around it', () => {
  const late = (ended: Promise<void>): Policy => ({
    name: 'late',
    execute: (call, next) => ended.then(() => next(call)),
  });

  it('has no part in a place that was given back before it came to the bulkhead', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    let goOn = (): void => {};
    const parts = new Resilience({ policies: [late(new Promise((resolve) => (goOn = resolve))), bulkhead] });
    let part: Promise<string> | undefined;
    await new Resilience({ policies: [bulkhead] }).execute('whole', async () => {
      part = parts.execute('part', async () => 'a part');
    });
    const work = gate();
    const other = new Resilience({ policies: [bulkhead] }).execute('get', work);
    goOn();

    await expect(part).rejects.toMatchObject({ limit: 'maxConcurrent' });
    work.succeed('done');
    await other;
  });

  it('does not hold a place any longer that was given back before', async () => {
    const clock = new ManualClock();
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    const parts = new Resilience({ policies: [new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', clock })] });
    const work = gate();
    let part: Promise<unknown> | undefined;
    await new Resilience({ policies: [bulkhead] }).execute('whole', async () => {
      part = parts.execute('part', work).catch(() => 'timed out');
    });

    clock.advance(50);
    expect(await part).toBe('timed out');
    expect(bulkhead.figures.running).toBe(0);
    work.succeed('late');
    await turnOfLoop();
    expect(bulkhead.figures.running).toBe(0);
  });
});

describe('another attempt of a call', () => {
  it('has no part in the place that an attempt before it still holds', async () => {
    const clock = new ManualClock();
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, clock });
    const policies = [
      new RetryPolicy({ maxRetries: 2, retryDelayMs: 0, clock }),
      bulkhead,
      new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', outcome: 'not-committed', clock }),
    ];
    const work = gate();
    const whole = new Resilience({ policies, clock }).execute('get', work);
    clock.advance(50);

    await expect(whole).rejects.toMatchObject({ limit: 'maxConcurrent' });
    expect(work.begun).toBe(1);
    work.fail(transient());
    await turnOfLoop();
    expect(bulkhead.figures.running).toBe(0);
  });
});
