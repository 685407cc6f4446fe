import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { type CircuitBreakerArgs, CircuitBreakerPolicy, Resilience } from '@holdfast/resilience';
import { Breaking } from './breaking.js';

describe('the arguments of CircuitBreakerPolicy', () => {
  it.each<[string, object]>([
    ['label', { label: 7 }],
    ['openMs', { openMs: 0 }],
    ['openMs', { openMs: Number.NaN }],
    ['halfOpenTrials', { halfOpenTrials: 0 }],
    ['successesToClose', { successesToClose: 1.5 }],
    ['trialLimitMs', { trialLimitMs: -1 }],
    ['countsAsFailure', { countsAsFailure: 'all' }],
    ['countsAsAnswer', { countsAsAnswer: 1 }],
    ['opensAfter.consecutiveFailures', { opensAfter: { consecutiveFailures: 0 } }],
    ['opensAfter.consecutiveFailures', { opensAfter: {} }],
    ['opensAfter.windowMs', { opensAfter: { consecutiveFailures: 1, windowMs: 0 } }],
    ['opensAfter.failureShare', { opensAfter: { failureShare: 0 } }],
    ['opensAfter.failureShare', { opensAfter: { failureShare: 50 } }],
    ['opensAfter.ofCalls', { opensAfter: { failureShare: 1, ofCalls: 0.5 } }],
    ['opensAfter.minimumCalls', { opensAfter: { failureShare: 1, minimumCalls: 0 } }],
    ['opensAfter.minimumCalls', { opensAfter: { failureShare: 1, ofCalls: 5, minimumCalls: 6 } }],
  ])('are checked: %s of %j', (name, args) => {
    const make = (): unknown => new CircuitBreakerPolicy(args as CircuitBreakerArgs);

    expect(make).toThrow(Misuse);
    expect(make).toThrow(`CircuitBreakerPolicy: ${name} must be `);
  });

  it('open it after five failures in a row for ten seconds by default', async () => {
    const breaking = new Breaking();
    const breaker = new CircuitBreakerPolicy({ clock: breaking.clock });
    Object.assign(breaking, { breaker, resilience: new Resilience({ policies: [breaker] }) });

    await breaking.fail(4);
    expect(breaker.state).toBe('closed');
    await breaking.fail();

    expect(breaker.snapshot()).toMatchObject({ state: 'open', openForMs: 10_000 });
    expect(breaker.label).toBe('circuit-breaker');
  });

  it('look back on the last 100 calls of a minute, at least 20, where a share is given', async () => {
    const breaking = new Breaking({ opensAfter: { failureShare: 1 } });

    await breaking.fail(19);
    breaking.clock.advance(60_001);
    await breaking.fail(19);
    expect(breaking.breaker.state).toBe('closed');
    await breaking.fail();
    expect(breaking.breaker.state).toBe('open');

    const many = new Breaking({ opensAfter: { failureShare: 1 } });
    for (let i = 0; i < 120; i += 1) await many.succeed();
    expect(many.breaker.snapshot().pastCalls).toHaveLength(100);
  });

  it('name it in the formula of its stack', () => {
    expect(new Breaking().resilience.describe()).toBe('circuit-breaker(call)');
  });
});
