import { describe, expect, it } from '@jest/globals';
import { EntityNotFound } from '@holdfast/errors';
import { Resilience, RetryPolicy } from '@holdfast/resilience';
import fc from 'fast-check';
import { transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';

type Step = 'value' | 'transient' | 'business' | 'foreign' | 'unknown' | 'committed';

const errors: Record<Exclude<Step, 'value'>, () => unknown> = {
  transient: () => transient(),
  business: () => new EntityNotFound('user'),
  foreign: () => new TypeError('Foreign.'),
  unknown: () => transient('?', 'unknown'),
  committed: () => transient('!', 'committed'),
};
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>('transient') },
  fc.constantFrom<Step>('value', 'business', 'foreign', 'unknown', 'committed'),
);

describe('any course of events', () => {
  it('ends with what the first attempt that is not transient brought, or the last one there was time and leave for', async () => {
    const course = fc.record({
      steps: fc.array(fc.record({ step, tookMs: fc.nat(300) }), { minLength: 12, maxLength: 12 }),
      maxRetries: fc.integer({ min: 1, max: 10 }),
      retryDelayMs: fc.nat(200),
      deadlineMs: fc.option(fc.integer({ min: 1, max: 2000 })),
    });
    await fc.assert(
      fc.asyncProperty(course, async ({ steps, maxRetries, retryDelayMs, deadlineMs }) => {
        // What is expected, from the rules alone.
        let calls = 0;
        let nowMs = 0;
        for (;;) {
          const { step: happened, tookMs } = steps[calls]!;
          calls += 1;
          nowMs += tookMs;
          const fits = deadlineMs === null || nowMs + retryDelayMs < deadlineMs;
          if (happened !== 'transient' || calls === maxRetries || !fits) break;
          nowMs += retryDelayMs;
        }

        const clock = new ManualClock();
        const retry = new RetryPolicy({ maxRetries, retryDelayMs, deadlineMs, jitter: 'none', clock });
        const thrown: unknown[] = [];
        let made = 0;
        const ended = await new Resilience({ policies: [retry] })
          .execute('get', async () => {
            const { step: happens, tookMs } = steps[made]!;
            made += 1;
            clock.nowMs += tookMs;
            if (happens === 'value') return { value: made };
            thrown.push(errors[happens]());
            throw thrown.at(-1);
          })
          .catch((error: unknown) => ({ error }));

        expect(made).toBe(calls);
        expect(clock.nowMs).toBe(nowMs);
        expect(ended).toStrictEqual(steps[calls - 1]!.step === 'value' ? { value: calls } : { error: thrown.at(-1) });
      }),
      { numRuns: 500 },
    );
  });
});
