import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousCommitError, type Database, guardedPool, newId, type WriteOptions } from '@holdfast/base';
import type { Outcome } from '@holdfast/errors';
import { FakeClock, type FaultKind, type FaultTrigger } from '@holdfast/testing';
import { entries, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

let lossy: LossyDatabase;
beforeAll(async () => {
  lossy = await lossyDatabase({ pool: guardedPool({ max: 1 }) });
});
afterEach(() => lossy.proxy.heal());
afterAll(() => lossy.close());

/** From now on nobody connects. */
const cutOff = (): void => lossy.proxy.storm({ share: 1, faults: ['cutBefore'], at: ['connect'] });

const thrown = async (running: Promise<unknown>): Promise<AmbiguousCommitError> => {
  const error: unknown = await running.then(
    () => 'It resolved.',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AmbiguousCommitError);
  return error as AmbiguousCommitError;
};

/** Whenever somebody sleeps, until it has ended. */
async function timePasses<Result>(clock: FakeClock, running: Promise<Result>): Promise<Result> {
  let isOver = false;
  const end = (): void => void (isOver = true);
  running.then(end, end);
  while (!isOver) {
    if (clock.sleeping > 0) await clock.advance(1);
    else await turn();
  }
  return running;
}

type Form = readonly [
  string,
  FaultTrigger,
  (database: Database, id: string, options?: WriteOptions) => Promise<unknown>,
];

const forms: readonly Form[] = [
  [
    'a dbSession',
    'commit',
    (database, id, options) =>
      database.beginSession(
        (dbSession) => dbSession.execute(entries.create(red, { values: { id, label: id } })),
        options,
      ),
  ],
  [
    'a write of one statement',
    'commit',
    (database, id, options) => database.execute(entries.create(red, { values: { id, label: id } }), options),
  ],
  [
    'a creation whose key is made here',
    'sync',
    (database, id, options) => database.execute(entries.create(red, { values: { label: id } }), options),
  ],
];

const losses: readonly (readonly [FaultKind, Outcome, number])[] = [
  ['cutAfter', 'committed', 1],
  ['cutBefore', 'not-committed', 0],
];

describe.each(forms)('%s whose answer was lost while the server cannot be reached', (_, at, write) => {
  it.each(losses)(
    'throws AmbiguousCommitError, and tells the truth when it is asked later: %s',
    async (fault, truth, rows) => {
      const label = newId();
      const landing = lossy.proxy.next({ fault, at });
      void landing.then(cutOff);

      const clock = new FakeClock();
      const error = await timePasses(clock, thrown(write(lossy.another({ clock }), label)));

      expect(error).toMatchObject({ outcome: 'unknown', retryable: false });
      expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'unknown' });
      lossy.proxy.calm();
      expect(await timePasses(clock, error.resolve())).toBe(truth);
      expect(lossy.resolved.at(-1)).toMatchObject({ verdict: truth });
      // Asking stores nothing.
      expect(await timePasses(clock, error.resolve())).toBe(truth);
      expect(await lossy.ask('SELECT FROM entries WHERE label = $1', [label])).toHaveLength(rows);
    },
  );

  it('waits until the server can be reached again', async () => {
    const label = newId();
    const landing = lossy.proxy.next({ fault: 'cutAfter', at });
    const before = lossy.resolved.length;
    const inVain = landing.then(() => lossy.proxy.next({ fault: 'cutBefore', at: 'connect' }));

    const writing = write(lossy.another(), label);
    await inVain;
    lossy.proxy.calm();
    await writing;

    expect(lossy.resolved.slice(before)).toMatchObject([{ verdict: 'committed' }]);
    expect(await lossy.ask('SELECT FROM entries WHERE label = $1', [label])).toHaveLength(1);
  });
});

describe.each(forms)('%s whose answer was lost asks for as long as it may', (_, at, write) => {
  it.each<[string, WriteOptions, number]>([
    ['10 s by default', {}, 10_000],
    ['no longer than its deadline', { deadlineMs: 3_000 }, 3_000],
    ['a second, if its deadline is nearer', { deadlineMs: 900 }, 1_000],
    ['no longer than 10 s, if its deadline is further', { deadlineMs: 60_000 }, 10_000],
  ])('%s', async (_title, options, ms) => {
    const clock = new FakeClock();
    void lossy.proxy.next({ fault: 'cutAfter', at }).then(cutOff);

    await timePasses(clock, thrown(write(lossy.another({ clock }), newId(), options)));

    const { verdict, durationMs } = lossy.resolved.at(-1)!;
    expect(verdict).toBe('unknown');
    // The last one that is asked needs time to answer.
    expect(ms - durationMs).toBeGreaterThanOrEqual(0);
    expect(ms - durationMs).toBeLessThanOrEqual(100);
  });
});

describe('A write that was to be told of no loss (one-trip)', () => {
  const oneTrip = { commit: 'one-trip' } as const;
  const oneTripForms: readonly (readonly [string, FaultTrigger, Form[2]])[] = forms.map(([name, , write]) => [
    name,
    name === 'a dbSession' ? 'commit' : 'sync',
    write,
  ]);

  it.each(oneTripForms)('throws AmbiguousCommitError of which nobody knows more: %s', async (_, at, write) => {
    for (const [fault, , rows] of losses) {
      const label = newId();
      const landing = lossy.proxy.next({ fault, at });
      const before = lossy.resolved.length;

      const error = await thrown(write(lossy.database, label, oneTrip));

      await landing;
      expect(await error.resolve()).toBe('unknown');
      expect(lossy.resolved).toHaveLength(before);
      await lossy.becomes(
        `SELECT NOT EXISTS (SELECT FROM pg_stat_activity
          WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())`,
      );
      expect(await lossy.ask('SELECT FROM entries WHERE label = $1', [label])).toHaveLength(rows);
    }
  });
});

describe('An AmbiguousCommitError', () => {
  it('never throws when it is asked, even if the DataSource is no more', async () => {
    const clock = new FakeClock();
    const other = await lossyDatabase({ pool: guardedPool({ max: 1 }), options: { clock } });
    void other.proxy
      .next({ fault: 'cutAfter', at: 'commit' })
      .then(() => other.proxy.storm({ share: 1, faults: ['cutBefore'], at: ['connect'] }));
    const id = newId();
    const write = other.database.execute(entries.create(red, { values: { id, label: id } }));
    const error = await timePasses(clock, thrown(write));
    await other.database.close();
    await other.dataSource.destroy();

    expect(await timePasses(clock, error.resolve())).toBe('unknown');

    await other.close();
  });
});

describe('A COMMIT that is never answered', () => {
  it.each<[FaultKind, 'committed' | 'not-committed']>([
    ['holdAfter', 'committed'],
    ['holdBefore', 'not-committed'],
  ])('is not waited for beyond the deadline of the call, and is found out about: %s, %s', async (fault, verdict) => {
    const id = newId();
    const landing = lossy.proxy.next({ fault, at: 'commit' });

    const ended = await lossy
      .another()
      .execute(entries.create(red, { values: { id, label: id } }), { deadlineMs: 2_000 })
      .then(
        () => 'committed',
        (error: { readonly outcome?: unknown }) => error.outcome,
      );

    await landing;
    expect(ended).toBe(verdict);
    expect(lossy.resolved.at(-1)).toMatchObject({ verdict });
    expect(await lossy.effects(id)).toEqual(verdict === 'committed' ? ['INSERT'] : []);
  });

  it('is not waited for when the signal of the call has aborted', async () => {
    const id = newId();
    const landing = lossy.proxy.next({ fault: 'holdAfter', at: 'commit' });
    const abort = new AbortController();
    const writing = lossy
      .another()
      .execute(entries.create(red, { values: { id, label: id } }), { signal: abort.signal });
    await landing;

    abort.abort();

    expect(await writing).toMatchObject({ id });
    expect(await lossy.effects(id)).toEqual(['INSERT']);
  });

  it('is not even sent on a connection that does not say what it leads to before the deadline', async () => {
    const id = newId();
    const landing = lossy.proxy.next({ fault: 'dropToClient', at: { sql: /pg_control_system/ } });

    const writing = lossy.another().execute(entries.create(red, { values: { id, label: id } }), { deadlineMs: 2_000 });

    await expect(writing).rejects.toMatchObject({ outcome: 'not-committed' });
    await landing;
    expect(await lossy.effects(id)).toEqual([]);
  });
});
