import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { BulkheadPolicy, BulkheadTimeout, isOutage, Resilience, TimeoutPolicy } from '@holdfast/resilience';
import { gate } from '../gate.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';
import { reasonOf } from './timing.js';

describe('a TimeoutPolicy around a BulkheadPolicy', () => {
  it('says of a call that it timed out while it waited for its turn, and surely left nothing', async () => {
    const clock = new ManualClock();
    const bulkhead = new BulkheadPolicy({ maxConcurrent: 1, maxQueued: 1, clock });
    const timeout = new TimeoutPolicy({ timeoutMs: 50, clock });
    const running = new Resilience({ policies: [bulkhead] }).execute('get', gate());
    const work = gate();
    let error: unknown;

    const events = await observed(async () => {
      const call = new Resilience({ policies: [timeout, bulkhead], clock }).execute('create', work);
      clock.advance(50);
      error = await reasonOf(call);
    });

    expect(error).toBeInstanceOf(BulkheadTimeout);
    expect(error).toMatchObject({ outcome: 'not-committed', retryable: false });
    expect(isOutage(error)).toBe(false);
    expect(events.map(({ kind }) => kind)).toEqual(['timed-out', 'rejected']);
    expect(work.begun).toBe(0);
    expect(bulkhead.figures.queued).toBe(0);
    await turnOfLoop();
    expect(clock.waiting).toBe(0);
    void running;
  });
});
