import { describe, expect, it } from '@jest/globals';
import { CircuitBreakerPolicy, Resilience } from '@holdfast/resilience';
import { failingWork, transient } from '../failing-work.js';
import { Breaking } from './breaking.js';

describe('a circuit breaker by the share of failures', () => {
  it('opens when the share is reached, not only when it is passed', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.5, ofCalls: 10, minimumCalls: 4 } });

    await breaking.succeed();
    await breaking.succeed();
    await breaking.fail();
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail();

    expect(breaking.breaker.state).toBe('open');
  });

  it.each([
    [0.07, 100, 7],
    [0.1, 30, 3],
    [0.3, 10, 3],
    [0.7, 10, 7],
  ])('reaches %d of %d with %d', async (failureShare, ofCalls, failures) => {
    const breaking = new Breaking({ opensAfter: { failureShare, ofCalls, minimumCalls: ofCalls } });

    for (let i = failures; i < ofCalls; i += 1) await breaking.succeed();
    await breaking.fail(failures - 1);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail();

    expect(breaking.breaker.state).toBe('open');
  });

  it('says nothing before the minimum of calls', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.1, ofCalls: 10, minimumCalls: 5 } });

    await breaking.fail(4);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail();

    expect(breaking.breaker.state).toBe('open');
  });

  it('is never opened by a success', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.5, ofCalls: 10, minimumCalls: 5 } });

    await breaking.fail(4);
    await breaking.succeed();

    expect(breaking.breaker.state).toBe('closed');
  });

  it('looks back on the last calls alone', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.5, ofCalls: 4, minimumCalls: 4 } });

    await breaking.fail(1);
    for (let i = 0; i < 4; i += 1) await breaking.succeed();
    await breaking.fail(1);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail(1);

    expect(breaking.breaker.state).toBe('open');
  });

  it('does not count what it rejected', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.5, ofCalls: 10, minimumCalls: 2 } });
    await breaking.fail(2);
    for (let i = 0; i < 50; i += 1) await breaking.succeed();
    breaking.clock.advance(1000);
    await breaking.succeed();

    await breaking.fail(2);

    expect(breaking.breaker.state).toBe('open');
  });
});

describe('the window of a circuit breaker', () => {
  it('holds no failures of an hour ago', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.5, ofCalls: 100, minimumCalls: 10 } });
    await breaking.fail(9);

    breaking.clock.advance(3_600_000);
    await breaking.fail(9);

    expect(breaking.breaker.state).toBe('closed');
  });

  it('holds no successes of an hour ago, which would hide an outage', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 0.5, ofCalls: 100, minimumCalls: 10 } });
    for (let i = 0; i < 100; i += 1) await breaking.succeed();

    breaking.clock.advance(3_600_000);
    await breaking.fail(10);

    expect(breaking.breaker.state).toBe('open');
  });

  it('slides: what is just young enough counts, what is older does not', async () => {
    const opensAfter = { failureShare: 1, ofCalls: 10, minimumCalls: 3, windowMs: 100 };
    const [young, old] = [new Breaking({ opensAfter }), new Breaking({ opensAfter })];

    for (const [breaking, pauseMs] of [[young, 50] as const, [old, 51] as const]) {
      for (let i = 0; i < 3; i += 1) {
        await breaking.fail();
        breaking.clock.advance(pauseMs);
      }
    }

    expect(young.breaker.state).toBe('open');
    expect(old.breaker.state).toBe('closed');
  });

  it('bounds failures in a row too, where it is given', async () => {
    const breaking = new Breaking({ opensAfter: { consecutiveFailures: 3, windowMs: 60_000 } });
    await breaking.fail(2);

    breaking.clock.advance(3_600_000);
    await breaking.fail(2);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail();

    expect(breaking.breaker.state).toBe('open');
  });

  it('does not read the clock for calls that no time bounds', async () => {
    let reads = 0;
    const clock = {
      now: () => (reads += 1),
      sleep: () => Promise.resolve(),
      after: () => ({ stop: () => undefined }),
    };
    const breaker = new CircuitBreakerPolicy({ clock, opensAfter: { consecutiveFailures: 1000 } });
    const resilience = new Resilience({ policies: [breaker] });

    await resilience.execute('get', failingWork());
    await resilience.execute('get', failingWork(transient())).catch(() => undefined);

    expect(reads).toBe(0);
  });
});
