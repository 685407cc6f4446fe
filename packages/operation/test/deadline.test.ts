import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type Clock, Deadline, type Timer } from '../src/index.js';

class HandClock implements Clock {
  at = 1_000;
  now(): number {
    return this.at;
  }
  sleep(): Promise<void> {
    return Promise.resolve();
  }
  after(): Timer {
    return { stop: () => {} };
  }
}

describe('a deadline', () => {
  it('passes when its time has come, and not before', () => {
    const clock = new HandClock();
    const deadline = Deadline.after(50, clock);
    expect([deadline.passed, deadline.remainingMs]).toEqual([false, 50]);
    clock.at += 49.5;
    expect([deadline.passed, deadline.remainingMs]).toEqual([false, 0.5]);
    clock.at += 0.5;
    expect([deadline.passed, deadline.remainingMs]).toEqual([true, 0]);
    clock.at += 1_000;
    expect([deadline.passed, deadline.remainingMs]).toEqual([true, 0]);
  });

  it('that is not ahead has passed, and one without end never does', () => {
    const clock = new HandClock();
    for (const ms of [0, -1, -Infinity]) {
      expect(Deadline.after(ms, clock)).toMatchObject({ passed: true, remainingMs: 0 });
    }
    expect(Deadline.after(Infinity, clock)).toMatchObject({ passed: false, remainingMs: Infinity });
  });

  it('of no number is refused', () => expect(() => Deadline.after(NaN)).toThrow(Misuse));

  it('within another is the nearer of the two', () => {
    const clock = new HandClock();
    const near = Deadline.after(10, clock);
    const far = Deadline.after(20, clock);
    expect([near.within(far), far.within(near), near.within(null)]).toEqual([near, near, near]);
    expect(far.within(near)).toBe(near);
    expect(near.within(far)).toBe(near);
  });

  it('is measured by the clock of the system unless told otherwise', () => {
    const { remainingMs, passed } = Deadline.after(60_000);
    expect(passed).toBe(false);
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(60_000);
  });
});
