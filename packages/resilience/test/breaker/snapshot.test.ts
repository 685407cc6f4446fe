import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import type { BreakerSnapshot, CircuitBreakerArgs } from '@holdfast/resilience';
import { Breaking } from './breaking.js';

/** Another process, whose clock has nothing to do with that of the first. */
function restored(from: Breaking, args: CircuitBreakerArgs = {}): Breaking {
  const to = new Breaking(args);
  to.clock.nowMs = -123_456;
  to.breaker.restore(JSON.parse(JSON.stringify(from.breaker.snapshot())) as BreakerSnapshot);
  return to;
}

describe('the snapshot of a circuit', () => {
  it('lists the last calls, oldest first', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 1, ofCalls: 3 } });
    await breaking.fail();
    breaking.clock.advance(10);
    await breaking.succeed();
    await breaking.fail();
    breaking.clock.advance(20);
    await breaking.succeed();

    expect(breaking.breaker.snapshot()).toEqual({
      state: 'closed',
      openForMs: 0,
      successes: 0,
      pastCalls: [
        { failed: false, ageMs: 20 },
        { failed: true, ageMs: 20 },
        { failed: false, ageMs: 0 },
      ],
    });
  });
});

describe('a circuit restored from a snapshot', () => {
  it('stays open for the time that was left', async () => {
    const breaking = new Breaking();
    await breaking.open();
    breaking.clock.advance(400);

    const other = restored(breaking);

    other.clock.advance(599);
    expect(other.breaker.state).toBe('open');
    other.clock.advance(1);
    expect(other.breaker.state).toBe('half-open');
  });

  it('goes on counting failures', async () => {
    const breaking = new Breaking();
    await breaking.fail(2);

    const other = restored(breaking);
    await other.fail(1);

    expect(other.breaker.state).toBe('open');
  });

  it('forgets failures when they are old enough, the time before included', async () => {
    const opensAfter = { consecutiveFailures: 3, windowMs: 100 };
    const breaking = new Breaking({ opensAfter });
    await breaking.fail(2);
    breaking.clock.advance(60);

    const other = restored(breaking, { opensAfter });
    other.clock.advance(41);
    await other.fail(1);

    expect(other.breaker.state).toBe('closed');
  });

  it('goes on counting trials', async () => {
    const breaking = new Breaking({ successesToClose: 3 });
    await breaking.halfOpen();
    await breaking.succeed();
    await breaking.succeed();

    const other = restored(breaking, { successesToClose: 3 });
    expect(other.breaker.state).toBe('half-open');
    await other.succeed();

    expect(other.breaker.state).toBe('closed');
  });

  it('does not wait for trials of the process that is gone', async () => {
    const breaking = new Breaking();
    await breaking.halfOpen();
    breaking.begin();

    const other = restored(breaking);

    expect(await other.succeed()).toBe('succeeded');
  });

  it('is closed where the first was isolated, since nobody could release it', () => {
    const breaking = new Breaking();
    breaking.breaker.isolate();

    expect(restored(breaking).breaker.state).toBe('closed');
  });

  it('goes by its own settings where they have changed', async () => {
    const breaking = new Breaking({ openMs: 1_000_000 });
    await breaking.open();
    const other = restored(breaking, { openMs: 50 });
    other.clock.advance(50);
    expect(other.breaker.state).toBe('half-open');

    const many = new Breaking({ opensAfter: { consecutiveFailures: 10 } });
    await many.fail(9);
    const few = restored(many, { opensAfter: { consecutiveFailures: 2 } });
    expect(few.breaker.snapshot().pastCalls).toHaveLength(2);
  });

  it('ignores calls that it has begun before', async () => {
    const breaking = new Breaking();
    await breaking.fail(2);
    const snapshot = breaking.breaker.snapshot();
    const early = breaking.begin();

    breaking.breaker.restore(snapshot);
    await early.reject();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('refuses what is no snapshot, and to be restored while it is isolated', () => {
    const { breaker } = new Breaking();
    const right = breaker.snapshot();
    const wrong: unknown[] = [
      null,
      {},
      { ...right, state: 'isolated' },
      { ...right, openForMs: -1 },
      { ...right, successes: '1' },
      { ...right, pastCalls: [null] },
      { ...right, pastCalls: [{ failed: true, ageMs: null }] },
    ];

    for (const one of wrong) expect(() => breaker.restore(one as BreakerSnapshot)).toThrow(Misuse);
    breaker.isolate();
    expect(() => breaker.restore(right)).toThrow(Misuse);
  });
});
