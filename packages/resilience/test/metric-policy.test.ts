import { describe, expect, it } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import { type Call, MetricPolicy, Resilience, RetryPolicy } from '@holdfast/resilience';
import { failingWork, transient } from './failing-work.js';
import { ManualClock } from './manual-clock.js';
import { observed } from './observed.js';

const at = { domain: 'db_source', layer: 'user_db_source' } as const;

function measured(): { clock: ManualClock; policy: MetricPolicy; resilience: Resilience } {
  const clock = new ManualClock();
  const policy = new MetricPolicy({ ...at, clock });
  return { clock, policy, resilience: new Resilience({ policies: [policy] }) };
}

describe('MetricPolicy', () => {
  it('tells when a call starts, and when it has ended and how long it took', async () => {
    const { clock, resilience } = measured();

    const events = await observed(() =>
      resilience.execute('getUser', async () => {
        clock.nowMs += 12.5;
      }),
    );

    expect(events).toEqual([
      { kind: 'started', at, operation: 'getUser', source: null },
      { kind: 'ended', at, operation: 'getUser', source: null, durationMs: 12.5, error: null },
    ]);
  });

  it('tells what a call failed with, and lets the caller see the very same', async () => {
    const { resilience } = measured();
    const missing = new EntityNotFound('user');

    const events = await observed(() =>
      expect(resilience.execute('getUser', failingWork(missing))).rejects.toBe(missing),
    );

    expect(events[1]).toMatchObject({ kind: 'ended', error: missing });
  });

  it.each([null, undefined])('tells of a failure where a promise was rejected with %p', async (reason) => {
    const { resilience } = measured();

    const events = await observed(() =>
      expect(resilience.execute('getUser', failingWork(reason))).rejects.toBe(reason),
    );

    expect(events[1]).toMatchObject({
      kind: 'ended',
      error: new TypeError(`The operation was rejected with ${reason}.`),
    });
  });

  it("tells that it was the caller's signal that ended it, whatever its reason", async () => {
    const { resilience } = measured();
    const controller = new AbortController();
    const reason = new Error('the client went away');
    const work = async ({ signal }: Call): Promise<never> => {
      controller.abort(reason);
      throw signal?.reason;
    };

    const events = await observed(() => resilience.execute('getUser', work, { signal: controller.signal }));

    expect(events[1]).toMatchObject({ kind: 'ended', error: reason, isCanceled: true });
  });

  it.each([{}, { domain: 'repository' }, { domain: 'repository', layer: '' }])(
    'refuses a layer without a name: %p',
    (args) => expect(() => new MetricPolicy(args as never)).toThrow(Misuse),
  );

  it('steps aside while nobody observes', async () => {
    const { clock, resilience } = measured();
    let readings = 0;
    clock.now = () => (readings += 1);

    expect(await resilience.execute('getUser', failingWork())).toBe(1);
    expect(readings).toBe(0);
  });

  it('measures all attempts as one operation outside of a retry, and each of them inside', async () => {
    const { clock, policy } = measured();
    const retry = new RetryPolicy({ clock });
    const kinds = async (policies: readonly (MetricPolicy | RetryPolicy)[]): Promise<string[]> => {
      const events = await observed(() => new Resilience({ policies }).execute('get', failingWork(transient())));
      return events.map(({ kind }) => kind);
    };

    expect(await kinds([policy, retry])).toEqual(['started', 'retried', 'ended']);
    expect(await kinds([retry, policy])).toEqual(['started', 'ended', 'retried', 'started', 'ended']);
  });
});
