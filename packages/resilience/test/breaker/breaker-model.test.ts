import { describe, expect, it } from '@jest/globals';
import type { BreakerState } from '@holdfast/operation';
import { type BreakerSnapshot, CircuitBreakerPolicy, Resilience } from '@holdfast/resilience';
import fc from 'fast-check';
import { transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';

type End = 'success' | 'failure' | 'neither';

interface Rules {
  readonly share: number;
  readonly size: number;
  readonly minimum: number;
  readonly windowMs: number | null;
  readonly openMs: number;
  readonly trials: number;
  readonly successes: number;
  readonly limitMs: number;
}

interface Begun {
  readonly atMs: number;
  readonly since: number;
}

/** A circuit breaker as one would explain it: it keeps everything that ever happened, and counts anew each time. */
class Explained {
  state: BreakerState = 'closed';
  /** Which change the present state began with. */
  since = 0;
  sinceMs = 0;
  isolations = 0;
  ended: { readonly atMs: number; readonly end: End; readonly since: number }[] = [];
  running: Begun[] = [];

  constructor(readonly rules: Rules) {}

  change(to: BreakerState, nowMs: number): void {
    this.state = to;
    this.since += 1;
    this.sinceMs = nowMs;
  }

  begin(nowMs: number): Begun | null {
    if (this.state === 'isolated') return null;
    if (this.state === 'open') {
      if (nowMs - this.sinceMs < this.rules.openMs) return null;
      this.change('half-open', nowMs);
    }
    if (this.state === 'half-open') {
      const trials = this.running.filter((one) => one.since === this.since && nowMs - one.atMs < this.rules.limitMs);
      if (trials.length >= this.rules.trials) return null;
    }
    const begun = { atMs: nowMs, since: this.since };
    this.running.push(begun);
    return begun;
  }

  end(begun: Begun, end: End, nowMs: number): void {
    this.running = this.running.filter((one) => one !== begun);
    if (begun.since !== this.since || end === 'neither') return;
    this.ended.push({ atMs: nowMs, end, since: this.since });
    const counted = this.ended.filter(({ since }) => since === this.since);
    if (this.state === 'half-open') {
      if (end === 'failure') this.change('open', nowMs);
      else if (counted.length === this.rules.successes) this.change('closed', nowMs);
      return;
    }
    const { size, windowMs, minimum, share } = this.rules;
    const last = counted.slice(-size).filter(({ atMs }) => windowMs === null || nowMs - atMs <= windowMs);
    const failures = last.filter((one) => one.end === 'failure').length;
    if (end === 'failure' && last.length >= minimum && failures / last.length >= share) this.change('open', nowMs);
  }

  isolate(nowMs: number): void {
    this.isolations += 1;
    if (this.state !== 'isolated') this.change('isolated', nowMs);
  }

  release(nowMs: number): void {
    this.isolations -= 1;
    if (this.isolations === 0) this.change('closed', nowMs);
  }
}

const errors: Readonly<Record<Exclude<End, 'success'>, () => unknown>> = {
  failure: () => transient(),
  neither: () => new TypeError('A fault.'),
};

const rules = fc
  .record({
    share: fc.constantFrom(0.1, 0.3, 0.5, 1),
    size: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 8 })),
    minimumShare: fc.double({ min: 0, max: 1, noNaN: true }),
    windowMs: fc.option(fc.integer({ min: 1, max: 300 })),
    openMs: fc.integer({ min: 1, max: 100 }),
    trials: fc.integer({ min: 1, max: 3 }),
    successes: fc.integer({ min: 1, max: 4 }),
    limitMs: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(1_000_000)),
  })
  .map(({ minimumShare, ...rest }): Rules => ({ ...rest, minimum: Math.max(1, Math.round(minimumShare * rest.size)) }));

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('begin' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(20),
      how: fc.constantFrom<End>('success', 'failure', 'failure', 'failure', 'neither'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.nat(150) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('isolate' as const, 'release' as const, 'copy' as const) }),
  },
);

describe('any course of events', () => {
  it.each(['calls', 'calls and snapshots'])(
    'leads a circuit breaker to the state that the rules say: %s',
    async (what) => {
      await fc.assert(
        fc.asyncProperty(rules, fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }), async (given, steps) => {
          const model = new Explained(given);
          const clock = new ManualClock();
          const make = (): CircuitBreakerPolicy =>
            new CircuitBreakerPolicy({
              clock,
              opensAfter: {
                failureShare: given.share,
                ofCalls: given.size,
                minimumCalls: given.minimum,
                windowMs: given.windowMs,
              },
              openMs: given.openMs,
              halfOpenTrials: given.trials,
              successesToClose: given.successes,
              trialLimitMs: given.limitMs,
            });
          let breaker = make();
          const releases: (() => void)[] = [];
          let running: { readonly begun: Begun; end(how: End): Promise<unknown> }[] = [];

          for (const one of steps) {
            if (one.kind === 'advance') clock.advance(one.ms);
            else if (one.kind === 'isolate') {
              releases.push(breaker.isolate());
              model.isolate(clock.nowMs);
            } else if (one.kind === 'release' && releases.length > 0) {
              releases.shift()!();
              model.release(clock.nowMs);
            } else if (one.kind === 'copy' && what !== 'calls' && releases.length === 0) {
              // Another process goes on, without the calls of the first.
              const snapshot = JSON.parse(JSON.stringify(breaker.snapshot())) as BreakerSnapshot;
              breaker = make();
              breaker.restore(snapshot);
              for (const { end } of running) await end('neither');
              running = [];
              model.running = [];
            } else if (one.kind === 'begin') {
              const expected = model.begin(clock.nowMs);
              let end: ((how: End) => void) | null = null;
              const call = new Resilience({ policies: [breaker] })
                .execute(
                  'get',
                  () =>
                    new Promise<void>((resolve, reject) => {
                      end = (how) => (how === 'success' ? resolve() : reject(errors[how]()));
                    }),
                )
                .catch(() => undefined);
              expect(end === null ? 'rejected' : 'let through').toBe(expected === null ? 'rejected' : 'let through');
              if (expected !== null) {
                running.push({
                  begun: expected,
                  end: (how) => {
                    end!(how);
                    return call;
                  },
                });
              }
            } else if (one.kind === 'end' && running.length > 0) {
              const [ended] = running.splice(one.which % running.length, 1);
              await ended!.end(one.how);
              model.end(ended!.begun, one.how, clock.nowMs);
            }
            const due = model.state === 'open' && clock.nowMs - model.sinceMs >= given.openMs;
            expect(breaker.state).toBe(due ? 'half-open' : model.state);
          }
        }),
        { numRuns: 150 },
      );
    },
  );
});
