import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { withinAmbientSession } from '@holdfast/operation';
import { BulkheadFull, BulkheadPolicy, Resilience } from '@holdfast/resilience';
import { gate } from '../gate.js';
import { observed } from '../observed.js';

describe('BulkheadPolicy', () => {
  it('lets as many calls run at the same time as there are places', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 2, maxQueued: 1 });
    const resilience = new Resilience({ policies: [bulkhead] });
    const work = gate();

    const calls = [1, 2, 3].map(() => resilience.execute('get', work));
    expect(work.begun).toBe(2);
    expect(bulkhead.figures).toEqual({ running: 2, queued: 1, limit: 2 });

    work.succeed('first');
    expect(await calls[0]).toBe('first');
    await turnOfLoop();
    expect(work.begun).toBe(3);
    expect(bulkhead.figures).toEqual({ running: 2, queued: 0, limit: 2 });

    work.succeed('second');
    work.succeed('third');
    expect(await Promise.all(calls)).toEqual(['first', 'second', 'third']);
    expect(bulkhead.figures).toEqual({ running: 0, queued: 0, limit: 2 });
  });

  it('gives the place back when the work has failed', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    const resilience = new Resilience({ policies: [bulkhead] });
    const error = new Error('No.');

    await expect(resilience.execute('get', () => Promise.reject(error))).rejects.toBe(error);
    expect(bulkhead.figures.running).toBe(0);
    expect(await resilience.execute('get', async () => 'a value')).toBe('a value');
  });

  it('lets those who wait have their turn in the order they came', async () => {
    const resilience = new Resilience({ policies: [new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 3 })] });
    const order: string[] = [];
    const enter = (name: string): Promise<void> =>
      resilience.execute('get', async () => {
        order.push(name);
        await turnOfLoop();
      });

    await Promise.all(['a', 'b', 'c', 'd'].map(enter));

    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('hands a place on to who waits for it, so that no newcomer overtakes the queue', async () => {
    const resilience = new Resilience({ policies: [new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 2 })] });
    const order: string[] = [];
    const work = gate();

    const first = resilience.execute('get', work);
    const waiting = resilience.execute('get', async () => order.push('waiting'));
    // The newcomer comes at the very moment the place is given back, before the one who waits goes on.
    const newcomer = first.then(() => resilience.execute('get', async () => order.push('newcomer')));
    work.succeed('done');
    await Promise.all([waiting, newcomer]);

    expect(order).toEqual(['waiting', 'newcomer']);
  });

  it('refuses a call at once where there is no place and none may wait', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, label: 'reports' });
    const resilience = new Resilience({ policies: [bulkhead] });
    const work = gate();
    const running = resilience.execute('get', work);

    const error: unknown = await resilience.execute('get', work).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(BulkheadFull);
    expect(error).toMatchObject({
      bulkhead: 'reports',
      limit: 'maxConcurrent',
      code: 'backendai_generic_unavailable',
      httpStatus: 503,
      retryable: false,
      outcome: 'not-committed',
      isOverload: true,
    });
    expect(work.begun).toBe(1);
    work.succeed('done');
    await running;
  });

  it('refuses a call at once where the queue is full', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 1 });
    const resilience = new Resilience({ policies: [bulkhead] });
    const work = gate();
    const calls = [resilience.execute('get', work), resilience.execute('get', work)];

    await expect(resilience.execute('get', work)).rejects.toMatchObject({ limit: 'maxQueued' });
    expect(bulkhead.figures).toEqual({ running: 1, queued: 1, limit: 1 });
    work.succeed('first');
    await calls[0];
    await turnOfLoop();
    work.succeed('second');
    expect(await calls[1]).toBe('second');
  });

  it('tells that it has refused a call, and with what', async () => {
    const resilience = new Resilience({ policies: [new BulkheadPolicy({ maxConcurrent: 1 })] });
    const work = gate();
    const running = resilience.execute('get', work);
    let error: unknown;

    const events = await observed(() => resilience.execute('get', work).catch((reason: unknown) => (error = reason)));

    expect(events).toEqual([{ kind: 'rejected', at: null, operation: 'get', source: null, policy: 'bulkhead', error }]);
    work.succeed('done');
    await running;
  });

  it('lets a call pass inside an open dbSession, which has its connection already', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    const resilience = new Resilience({ policies: [bulkhead] });
    const work = gate();
    const running = resilience.execute('get', work);

    expect(await withinAmbientSession({}, () => resilience.execute('part', async () => 'a part'))).toBe('a part');
    expect(bulkhead.figures.running).toBe(1);
    work.succeed('done');
    await running;
  });

  it('runs a call that waited in the surroundings that it came from', async () => {
    const resilience = new Resilience({ policies: [new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 1 })] });
    const around = new Resilience({ policies: [] });
    const work = gate();
    const running = resilience.execute('get', work);

    const deadline = around.execute('whole', () => resilience.execute('get', async (call) => call.deadline !== null), {
      deadlineMs: 60_000,
    });
    work.succeed('done');
    await running;

    expect(await deadline).toBe(true);
  });

  it('keeps what runs and waits when its stack is reset', async () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 1 });
    const resilience = new Resilience({ policies: [bulkhead] });
    const work = gate();
    const calls = [resilience.execute('get', work), resilience.execute('get', work)];

    resilience.reset();

    expect(bulkhead.figures).toEqual({ running: 1, queued: 1, limit: 1 });
    work.succeed('first');
    await calls[0];
    await turnOfLoop();
    work.succeed('second');
    await calls[1];
    expect(bulkhead.figures).toEqual({ running: 0, queued: 0, limit: 1 });
  });

  it('has a label, and a name in the formula of a stack', () => {
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });

    expect(bulkhead.label).toBe('bulkhead');
    expect(new BulkheadPolicy({ maxConcurrent: 1, label: 'reports' }).label).toBe('reports');
    expect(new Resilience({ policies: [bulkhead] }).describe()).toBe('bulkhead(call)');
  });
});
