import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { BulkheadFull, BulkheadPolicy, BulkheadTimeout, Resilience } from '@holdfast/resilience';
import fc from 'fast-check';
import { ManualClock } from '../manual-clock.js';

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('arrive' as const),
        deadlineMs: fc.option(fc.integer({ min: 1, max: 99 })),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(9), fails: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60 }) }) },
  ),
  { maxLength: 60 },
);
const limits = fc.record({
  maxConcurrent: fc.integer({ min: 1, max: 3 }),
  maxQueued: fc.nat(4),
  maxWaitMs: fc.option(fc.integer({ min: 1, max: 99 })),
});

/** A bulkhead as plain lists: who runs, who waits until when, and how everybody has ended. */
class Model {
  nowMs = 0;
  readonly running: number[] = [];
  queued: { readonly id: number; readonly dueMs: number; readonly as: string }[] = [];
  readonly ended = new Map<number, string>();
  readonly begun: number[] = [];

  constructor(
    readonly maxConcurrent: number,
    readonly maxQueued: number,
    readonly maxWaitMs: number | null,
  ) {}

  arrive(id: number, deadlineMs: number | null): void {
    const [deadline, wait] = [deadlineMs ?? Infinity, this.maxWaitMs ?? Infinity];
    if (this.running.length < this.maxConcurrent) this.#begin(id);
    else if (this.queued.length >= this.maxQueued) this.ended.set(id, 'full');
    else {
      const as = deadline <= wait ? 'late' : 'waited';
      this.queued.push({ id, dueMs: this.nowMs + Math.min(deadline, wait), as });
    }
  }

  end(id: number, as: string): void {
    this.ended.set(id, as);
    this.running.splice(this.running.indexOf(id), 1);
    const next = this.queued.shift();
    if (next !== undefined) this.#begin(next.id);
  }

  leave(id: number, as: string): void {
    this.ended.set(id, as);
    this.queued = this.queued.filter((one) => one.id !== id);
  }

  wait(ms: number): void {
    this.nowMs += ms;
    for (const { id, dueMs, as } of this.queued) if (dueMs <= this.nowMs) this.leave(id, as);
  }

  #begin(id: number): void {
    this.running.push(id);
    this.begun.push(id);
  }
}

function nameOf(reason: unknown): string {
  if (reason instanceof BulkheadTimeout) return 'late';
  if (reason instanceof BulkheadFull) return reason.limit === 'maxWaitMs' ? 'waited' : 'full';
  return String(reason);
}

describe('any course of arrivals, ends, aborts and waits', () => {
  it('lets in as many as there are places, in order, and loses nobody', async () => {
    await fc.assert(
      fc.asyncProperty(steps, limits, async (course, { maxConcurrent, maxQueued, maxWaitMs }) => {
        const model = new Model(maxConcurrent, maxQueued, maxWaitMs);
        const clock = new ManualClock();
        const bulkhead = new BulkheadPolicy({ maxConcurrent, maxQueued, maxWaitMs, clock });
        const resilience = new Resilience({ policies: [bulkhead], clock });
        const begun: number[] = [];
        const ended = new Map<number, string>();
        const works = new Map<number, Settling>();
        const callers: AbortController[] = [];

        const arrive = (id: number, deadlineMs: number | null): void => {
          const caller = new AbortController();
          callers.push(caller);
          const work = (): Promise<string> =>
            new Promise((resolve, reject) => {
              begun.push(id);
              works.set(id, { resolve, reject });
            });
          const options = { signal: caller.signal, ...(deadlineMs !== null && { deadlineMs }) };
          resilience.execute('get', work, options).then(
            (value) => ended.set(id, value),
            (reason: unknown) => ended.set(id, nameOf(reason)),
          );
        };

        for (const step of course) {
          if (step.do === 'arrive') {
            model.arrive(callers.length, step.deadlineMs);
            arrive(callers.length, step.deadlineMs);
          } else if (step.do === 'end' && model.running.length > 0) {
            const id = model.running[step.which % model.running.length]!;
            model.end(id, step.fails ? 'failed' : 'succeeded');
            if (step.fails) works.get(id)!.reject('failed');
            else works.get(id)!.resolve('succeeded');
          } else if (step.do === 'abort' && model.queued.length > 0) {
            const { id } = model.queued[step.which % model.queued.length]!;
            model.leave(id, 'aborted');
            callers[id]!.abort('aborted');
          } else if (step.do === 'wait') {
            model.wait(step.ms);
            clock.advance(step.ms);
          }
          await turnOfLoop();
          expect(begun).toEqual(model.begun);
          expect(ended).toEqual(model.ended);
          expect(bulkhead.figures).toEqual({
            running: model.running.length,
            queued: model.queued.length,
            limit: maxConcurrent,
          });
        }

        while (model.running.length > 0) {
          const id = model.running[0]!;
          model.end(id, 'succeeded');
          works.get(id)!.resolve('succeeded');
          await turnOfLoop();
        }
        expect(ended).toEqual(model.ended);
        expect(ended.size).toBe(callers.length);
        expect(bulkhead.figures).toEqual({ running: 0, queued: 0, limit: maxConcurrent });
        expect(clock.waiting).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});

interface Settling {
  readonly resolve: (value: string) => void;
  readonly reject: (reason: unknown) => void;
}
