import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { BulkheadPolicy, type Policy, Resilience, TimedOut, TimeoutPolicy } from '@holdfast/resilience';
import { gate } from '../gate.js';
import { ManualClock } from '../manual-clock.js';

/** Ten calls of work that heeds no signal: five times two, each pair until it has been answered. */
async function pressed(stack: (bulkhead: Policy, timeout: Policy) => readonly Policy[]): Promise<void> {
  const clock = new ManualClock();
  const bulkhead = new BulkheadPolicy({ maxConcurrent: 2, clock });
  const timeout = new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', clock });
  const resilience = new Resilience({ policies: stack(bulkhead, timeout), clock });
  const work = gate();

  for (let pair = 0; pair < 5; pair += 1) {
    const calls = [1, 2].map(() => resilience.execute('get', work).catch((error: unknown) => error));
    await turnOfLoop();
    clock.advance(50);
    for (const error of await Promise.all(calls)) {
      if (pair === 0) expect(error).toBeInstanceOf(TimedOut);
      else expect(error).toMatchObject({ limit: 'maxConcurrent' });
    }
  }

  expect(work.begun).toBe(2);
  expect(bulkhead.figures.running).toBe(2);
  work.succeed('late');
  work.fail(new Error('Late.'));
  await turnOfLoop();
  expect(bulkhead.figures.running).toBe(0);
}

describe('a place in a bulkhead', () => {
  it('is held until the work has settled where a timeout outside has turned away from it', async () => {
    await pressed((bulkhead, timeout) => [timeout, bulkhead]);
  });

  it('is held until the work has settled where a timeout inside has turned away from it', async () => {
    await pressed((bulkhead, timeout) => [bulkhead, timeout]);
  });

  it('is held until the work has settled where a stack inside has turned away from it', async () => {
    const clock = new ManualClock();
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1 });
    const inner = new Resilience({ policies: [new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', clock })] });
    const work = gate();

    const whole = new Resilience({ policies: [bulkhead] }).execute('whole', () => inner.execute('part', work));
    clock.advance(50);

    await expect(whole).rejects.toBeInstanceOf(TimedOut);
    expect(bulkhead.figures.running).toBe(1);
    work.succeed('late');
    await turnOfLoop();
    expect(bulkhead.figures.running).toBe(0);
  });

  it('goes to who waits for it when the work has settled, and not before', async () => {
    const clock = new ManualClock();
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 1, clock });
    const timeout = new TimeoutPolicy({ timeoutMs: 50, mode: 'abandon', clock });
    const resilience = new Resilience({ policies: [bulkhead, timeout], clock });
    const [work, next] = [gate(), gate()];
    const first = resilience.execute('get', work);
    const second = resilience.execute('get', next);

    clock.advance(50);
    await expect(first).rejects.toBeInstanceOf(TimedOut);
    await turnOfLoop();
    expect(next.begun).toBe(0);

    work.succeed('late');
    await turnOfLoop();
    expect(next.begun).toBe(1);
    next.succeed('done');
    expect(await second).toBe('done');
  });
});
