import { getEventListeners } from 'node:events';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { errorCode, HoldfastError } from '@holdfast/errors';
import { type Call, Resilience, TimedOut, TimeoutPolicy } from '@holdfast/resilience';
import fc from 'fast-check';
import { transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';

type End = 'value' | 'foreign' | 'holdfast' | 'late' | 'never';

const course = fc.record({
  timeoutMs: fc.integer({ min: 1, max: 60 }),
  graceMs: fc.nat(30),
  deadlineMs: fc.option(fc.integer({ min: 1, max: 80 })),
  /** When the work settles by itself, and how. */
  endsAtMs: fc.nat(120),
  ends: fc.constantFrom<End>('value', 'foreign', 'holdfast', 'late', 'never'),
  /** Whether it ends with the reason of its signal as soon as that aborts, looks at it, or does not. */
  heeds: fc.constantFrom('at once', 'looks', 'not'),
  abortsAtMs: fc.option(fc.nat(120)),
});

describe('any order of success, failure, abort and timeout', () => {
  it('ends the call once, with what came first, and leaves no timer and no listener', async () => {
    await fc.assert(
      fc.asyncProperty(course, async ({ timeoutMs, graceMs, deadlineMs, endsAtMs, ends, heeds, abortsAtMs }) => {
        // What is expected, from the rules alone. In one millisecond: the caller, the timers, and then the work.
        const dueMs = Math.min(timeoutMs, deadlineMs ?? Infinity);
        const isOwn = dueMs === timeoutMs;
        const workEndsMs = ends === 'never' ? Infinity : endsAtMs;
        const abortMs = abortsAtMs ?? Infinity;
        const isTimeout = dueMs < abortMs && dueMs <= workEndsMs;
        const stopMs = heeds === 'at once' ? Math.min(abortMs, dueMs) : Infinity;
        const isAbandoned = Math.min(workEndsMs, stopMs) >= dueMs + graceMs && !(stopMs === dueMs && graceMs > 0);
        const expected = ((): string => {
          if (isAbandoned) return isTimeout ? 'timed out, unknown' : 'aborted';
          if (stopMs <= workEndsMs) return isTimeout ? 'timed out, unknown' : 'aborted';
          if (ends === 'value' || ends === 'holdfast') return ends;
          const isEarly = ends === 'late' && workEndsMs >= dueMs - 2 && abortMs > workEndsMs;
          if (!isTimeout && !isEarly) return ends;
          return ends === 'late' ? 'timed out, not-committed' : 'timed out, unknown';
        })();
        const isTold = isOwn && (isTimeout || expected === 'timed out, not-committed');

        const clock = new ManualClock();
        const caller = new AbortController();
        const policy = new TimeoutPolicy({ timeoutMs, graceMs, clock });
        const resilience = new Resilience({ policies: [policy], clock });
        const options = { signal: caller.signal, ...(deadlineMs !== null && { deadlineMs }) };
        const settled: string[] = [];
        let settle = (): void => {};
        const work = (call: Call): Promise<string> =>
          new Promise((resolve, reject) => {
            settle = () => (ends === 'value' ? resolve('value') : reject(failure(ends)));
            if (heeds === 'not') return;
            const { signal } = call;
            if (heeds === 'at once') signal?.addEventListener('abort', () => reject(signal.reason as Error));
          });

        const events = await observed(async () => {
          resilience.execute('get', work, options).then(
            (value) => settled.push(value),
            (reason: unknown) => settled.push(nameOf(reason)),
          );
          for (let ms = 0; ms <= 160; ms += 1) {
            if (ms === abortsAtMs) caller.abort('aborted');
            if (ms > 0) clock.advance(1);
            if (ms === workEndsMs) settle();
            await Promise.resolve();
            if (clock.waiting > 0 || settled.length === 0) await turnOfLoop();
          }
        });

        expect(settled).toEqual([expected]);
        expect(events.map(({ kind }) => kind)).toEqual(isTold ? ['timed-out'] : []);
        expect(clock.waiting).toBe(0);
        expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

const failures = {
  foreign: () => new TypeError('foreign'),
  holdfast: () => transient('holdfast'),
  late: () => new HoldfastError({ code: errorCode('database', 'generic', 'timeout'), message: 'late' }),
};

function failure(ends: End): unknown {
  return failures[ends as keyof typeof failures]();
}

function nameOf(reason: unknown): string {
  if (reason instanceof TimedOut) return `timed out, ${reason.outcome}`;
  return reason instanceof Error ? reason.message : String(reason);
}
