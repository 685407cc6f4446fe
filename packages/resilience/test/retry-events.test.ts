import { describe, expect, it } from '@jest/globals';
import { observeOperations } from '@holdfast/operation';
import { MetricPolicy, Resilience, RetryPolicy } from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { observed } from './observed.js';
import { retrying } from './retrying.js';

describe('the events of RetryPolicy', () => {
  it('tell of a retry when it is scheduled, before the delay', async () => {
    const { clock } = retrying();
    const source = { app: 'mine' };
    const policies = [
      new MetricPolicy({ domain: 'repository', layer: 'user_repository', clock }),
      new RetryPolicy({ clock, jitter: 'none', retryDelayMs: 70 }),
    ];
    const resilience = new Resilience({ policies, source });
    const error = transient();
    const atSleep: number[] = [];

    const events = await observed(async () => {
      const seen: string[] = [];
      const stop = observeOperations(({ kind }) => seen.push(kind));
      clock.meanwhile = () => atSleep.push(seen.length);
      await resilience.execute('getUser', failingWork(error));
      stop();
    });

    const at = { domain: 'repository', layer: 'user_repository' };
    expect(events).toEqual([
      { kind: 'started', at, operation: 'getUser', source },
      { kind: 'retried', at, operation: 'getUser', source, attempt: 1, delayMs: 70, error },
      { kind: 'ended', at, operation: 'getUser', source, durationMs: 70, error: null },
    ]);
    expect(atSleep).toEqual([2]);
  });

  it('are published without a layer where the stack has none', async () => {
    const { resilience } = retrying();

    const events = await observed(() => resilience.execute('getUser', failingWork(transient())));

    expect(events).toMatchObject([{ kind: 'retried', at: null, attempt: 1 }]);
  });

  it('tell of no attempt that is not going to be made, and why there is none', async () => {
    const { resilience } = retrying({ maxRetries: 2 });
    const last = transient();

    const events = await observed(() => resilience.execute('getUser', failingWork(transient(), last)));

    expect(events).toMatchObject([
      { kind: 'retried', attempt: 1 },
      { kind: 'given-up', operation: 'getUser', at: null, attempts: 2, reason: 'attempts', error: last },
    ]);
  });

  it('tell of nothing where an error is none to retry', async () => {
    const { resilience } = retrying();

    const work = failingWork(new TypeError('a fault'));

    expect(await observed(() => resilience.execute('getUser', work))).toEqual([]);
  });
});
