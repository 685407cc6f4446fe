import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RetryBudget } from '../src/retry/retry-budget.js';

function taken(budget: RetryBudget, atMs: number, wanted: number): number {
  let granted = 0;
  for (let index = 0; index < wanted; index += 1) if (budget.take(atMs)) granted += 1;
  return granted;
}

describe('RetryBudget', () => {
  it('grants the ratio of the calls', () => {
    const budget = new RetryBudget({ ratio: 0.2, minRetriesPerSecond: 0 });
    for (let call = 0; call < 100; call += 1) budget.countCall(0);

    expect(taken(budget, 0, 100)).toBe(20);
  });

  it('grants ten seconds of the minimum without any call', () => {
    const budget = new RetryBudget({ ratio: 0.2, minRetriesPerSecond: 3 });

    expect(taken(budget, 0, 100)).toBe(30);
  });

  it('forgets calls and retries after ten seconds', () => {
    const budget = new RetryBudget({ ratio: 0.5, minRetriesPerSecond: 1 });
    for (let call = 0; call < 10; call += 1) budget.countCall(500);
    expect(taken(budget, 500, 100)).toBe(15);

    expect(taken(budget, 9999, 100)).toBe(0);
    expect(taken(budget, 10_000, 100)).toBe(10);
  });

  it.each([10, 19, 20, 29, 1000])('has forgotten everything %d seconds later', (seconds) => {
    const budget = new RetryBudget({ ratio: 1, minRetriesPerSecond: 0.1 });
    for (let call = 0; call < 10; call += 1) budget.countCall(0);

    expect(taken(budget, seconds * 1000, 100)).toBe(1);
  });

  it('survives a clock that steps back', () => {
    const budget = new RetryBudget({ ratio: 0, minRetriesPerSecond: 0.1 });
    budget.countCall(5000);

    expect(taken(budget, 1000, 5)).toBe(1);
  });

  it('never grants more than what a plain count of the last ten seconds allows', () => {
    const steps = fc.array(
      fc.record({ stepMs: fc.oneof(fc.nat(4000), fc.nat(30_000)), calls: fc.nat(5), wanted: fc.nat(8) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), (history, ratio, minimum) => {
        const budget = new RetryBudget({ ratio, minRetriesPerSecond: minimum });
        const calls: number[] = [];
        const retries: number[] = [];
        let nowMs = 0;
        for (const { stepMs, calls: made, wanted } of history) {
          nowMs += stepMs;
          const recent = (seconds: number[]): number => seconds.filter((s) => s > Math.floor(nowMs / 1000) - 10).length;
          for (let index = 0; index < made; index += 1) {
            budget.countCall(nowMs);
            calls.push(Math.floor(nowMs / 1000));
          }
          for (let index = 0; index < wanted; index += 1) {
            const allowed = recent(retries) + 1 <= minimum * 10 + ratio * recent(calls);
            expect(budget.take(nowMs)).toBe(allowed);
            if (allowed) retries.push(Math.floor(nowMs / 1000));
          }
        }
      }),
    );
  });
});
