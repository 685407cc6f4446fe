import { describe, expect, it } from '@jest/globals';
import { CircuitBreakerPolicy, CircuitOpen, MetricPolicy, Resilience } from '@holdfast/resilience';
import { failingWork, transient } from '../failing-work.js';
import { ManualClock } from '../manual-clock.js';
import { observed } from '../observed.js';
import { Breaking } from './breaking.js';

describe('the events of CircuitBreakerPolicy', () => {
  it('tell of each change, under the layer and the operation of the call that was the cause', async () => {
    const clock = new ManualClock();
    const source = { app: 'mine' };
    const breaker = new CircuitBreakerPolicy({
      clock,
      label: 'main',
      opensAfter: { consecutiveFailures: 1 },
      openMs: 50,
    });
    const metrics = new MetricPolicy({ domain: 'db_source', layer: 'user_db_source', clock });
    const resilience = new Resilience({ policies: [metrics, breaker], source });

    const events = await observed(async () => {
      await resilience.execute('first', failingWork(transient())).catch(() => undefined);
      clock.advance(50);
      await resilience.execute('second', failingWork());
    });

    const at = { domain: 'db_source', layer: 'user_db_source' };
    const same = { kind: 'breaker-changed', at, source, breaker: 'main' };
    expect(events.filter(({ kind }) => kind === 'breaker-changed')).toEqual([
      { ...same, operation: 'first', from: 'closed', to: 'open' },
      { ...same, operation: 'second', from: 'open', to: 'half-open' },
      { ...same, operation: 'second', from: 'half-open', to: 'closed' },
    ]);
  });

  it('tell of each call that was rejected, and what with', async () => {
    const breaking = new Breaking();
    await breaking.open();

    const events = await observed(() => breaking.resilience.execute('getUser', failingWork()));

    expect(events).toEqual([
      {
        kind: 'rejected',
        at: null,
        operation: 'getUser',
        source: null,
        policy: 'circuit-breaker',
        error: expect.any(CircuitOpen),
      },
    ]);
  });

  it('tell of changes by hand without a layer and an operation', async () => {
    const { breaker } = new Breaking({ label: 'main' });
    const snapshot = { state: 'open', openForMs: 10, successes: 0, pastCalls: [] } as const;

    const events = await observed(async () => {
      breaker.isolate()();
      breaker.restore(snapshot);
      breaker.reset();
      breaker.reset();
    });

    const same = { kind: 'breaker-changed', at: null, operation: '', source: null, breaker: 'main' };
    expect(events).toEqual([
      { ...same, from: 'closed', to: 'isolated' },
      { ...same, from: 'isolated', to: 'closed' },
      { ...same, from: 'closed', to: 'open' },
      { ...same, from: 'open', to: 'closed' },
    ]);
  });

  it('tell of nothing while it stays closed', async () => {
    const breaking = new Breaking();

    expect(await observed(() => breaking.fail(2))).toEqual([]);
  });
});
