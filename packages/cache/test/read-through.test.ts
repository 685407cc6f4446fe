import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { errorCode, HoldfastError, Misuse } from '@holdfast/errors';
import { ambientCall, observeOperations, withinAmbientSession } from '@holdfast/operation';
import { Resilience } from '@holdfast/resilience';
import {
  type Cache,
  type CacheLifetimes,
  type CacheSource,
  invalidating,
  MemoryCache,
  NoCache,
  readThrough,
  valueCodec,
} from '../src/index.js';
import { GatedReads } from './gate.js';
import { ManualClock } from './manual-clock.js';

function agents(lifetimes: Partial<CacheLifetimes> = {}, cache: Cache = new MemoryCache({ clock, random: () => 0 })) {
  return cache.source<string, string>({
    layer: 'agent_cache_source',
    entity: 'agent',
    keyOf: (id) => ({ tenant: 'team', id }),
    lifetimes: { ttlMs: 1_000, ...lifetimes },
    codec: valueCodec({ version: 1 }),
  });
}
const clock = new ManualClock();
const down = new HoldfastError({
  code: errorCode('database', 'access', 'unavailable'),
  message: 'The database is not there.',
  httpStatus: 503,
});

/** A cache whose server answers nothing but errors. */
const failing: CacheSource<string, string> = {
  textOf: (key) => key,
  get: () => Promise.reject(new Error('connection refused')),
  getMany: () => Promise.reject(new Error('connection refused')),
  fill: () => Promise.reject(new Error('connection refused')),
  invalidate: () => Promise.reject(new Error('connection refused')),
  suspend: () => Promise.reject(new Error('connection refused')),
};

describe('readThrough', () => {
  it('reads the database once, and from then on the cache', async () => {
    const cache = agents();
    let reads = 0;
    const get = (): Promise<string | null> => readThrough(cache, 'a', async () => `read ${(reads += 1)}`);

    expect([await get(), await get(), await get()]).toEqual(['read 1', 'read 1', 'read 1']);
  });

  it('makes one read of a thousand that ask at the same time', async () => {
    const cache = agents();
    const database = new GatedReads<string>();
    const all = Array.from({ length: 1_000 }, () => readThrough(cache, 'a', database.load));
    await database.begun(1);
    database.reads[0]!.open('value');

    expect(new Set(await Promise.all(all))).toEqual(new Set(['value']));
    expect(database.reads).toHaveLength(1);
  });

  it('makes at most two of them while the cache is away, none of which began before its caller asked', async () => {
    const database = new GatedReads<string>();
    const all = Array.from({ length: 1_000 }, () => readThrough(failing, 'a', database.load));
    await database.begun(1);
    await turn();
    database.reads[0]!.open('first');
    await database.begun(2);
    const late = readThrough(failing, 'a', database.load);
    await turn();
    database.reads[1]!.open('second');
    await database.begun(3);
    database.reads[2]!.open('third');

    const values = await Promise.all(all);
    expect([
      values.filter((value) => value === 'first').length,
      values.filter((value) => value === 'second').length,
    ]).toEqual([1, 999]);
    expect(await late).toBe('third');
    expect(database.reads).toHaveLength(3);
  });

  it('gives nobody what was being read before an invalidation that they asked after, and stores none of it', async () => {
    const cache = agents();
    const database = new GatedReads<string>();
    const before = readThrough(cache, 'a', database.load);
    await database.begun(1);
    await invalidating(cache, ['a'], async () => 'written');
    const after = readThrough(cache, 'a', database.load);
    await database.begun(2);
    database.reads[1]!.open('new');
    expect(await after).toBe('new');
    database.reads[0]!.open('old');

    expect(await before).toBe('old');
    expect(await readThrough(cache, 'a', database.load)).toBe('new');
  });

  it('stores nothing of what is read while a write is under way', async () => {
    const cache = agents();
    const database = new GatedReads<string>();
    const write = new GatedReads<string>();
    const writing = invalidating(cache, ['a'], write.load);
    await write.begun(1);
    const during = readThrough(cache, 'a', database.load);
    await database.begun(1);
    database.reads[0]!.open('old');
    expect(await during).toBe('old');
    write.reads[0]!.open('written');
    await writing;
    const after = readThrough(cache, 'a', database.load);
    await database.begun(2);
    database.reads[1]!.open('new');

    expect(await after).toBe('new');
  });

  it('remembers what is not there only where it is told for how long', async () => {
    for (const [negativeTtlMs, expected] of [
      [0, 2],
      [100, 1],
    ] as const) {
      const cache = agents({ negativeTtlMs });
      let reads = 0;
      const get = (): Promise<string | null> => readThrough(cache, 'none', async () => ((reads += 1), null));
      expect([await get(), await get()]).toEqual([null, null]);
      expect(reads).toBe(expected);
    }
  });

  it('does not ask the cache within an open dbSession', async () => {
    const cache = agents();
    await readThrough(cache, 'a', async () => 'cached');
    const within = withinAmbientSession({}, () => readThrough(cache, 'a', async () => 'of this transaction'));

    expect(await within).toBe('of this transaction');
    expect(await readThrough(cache, 'a', async () => 'read')).toBe('cached');
  });

  it('reads each time where there is no cache, together with nobody', async () => {
    const cache = agents({}, new NoCache());
    const database = new GatedReads<string>();
    const all = [readThrough(cache, 'a', database.load), readThrough(cache, 'a', database.load)];
    await database.begun(2);
    database.reads.forEach(({ open }, at) => open(`read ${at}`));

    expect(await Promise.all(all)).toEqual(['read 0', 'read 1']);
  });

  describe('past the time of a value', () => {
    it.each([
      ['on-error', down, 'old'],
      ['while-revalidating', down, 'old'],
      ['never', down, down],
      ['on-error', new Misuse('a fault of the program'), expect.any(Misuse)],
    ] as const)('%s, where the database fails with %s, gives %s', async (stale, error, expected) => {
      const cache = agents({ staleMs: 1_000 });
      await readThrough(cache, 'a', async () => 'old');
      await clock.advance(1_500);
      const given = readThrough(cache, 'a', () => Promise.reject(error), { stale }).catch((thrown: unknown) => thrown);

      expect(await given).toEqual(expected);
      await clock.advance(1_000);
      await expect(readThrough(cache, 'a', () => Promise.reject(down), { stale })).rejects.toBe(down);
    });

    it('revalidates once behind the back of all who are served', async () => {
      const cache = agents({ staleMs: 1_000 });
      const options = { stale: 'while-revalidating' } as const;
      await readThrough(cache, 'a', async () => 'old');
      await clock.advance(1_500);
      const database = new GatedReads<string>();
      const served = await Promise.all(
        Array.from({ length: 10 }, () => readThrough(cache, 'a', database.load, options)),
      );
      database.reads[0]!.open('new');
      await turn();

      expect(new Set(served)).toEqual(new Set(['old']));
      expect(database.reads).toHaveLength(1);
      expect(await readThrough(cache, 'a', database.load, options)).toBe('new');
    });

    it('is never what a write has changed', async () => {
      const cache = agents({ staleMs: 1_000 });
      await readThrough(cache, 'a', async () => 'old');
      await clock.advance(1_500);
      await invalidating(cache, ['a'], async () => 'written');

      await expect(readThrough(cache, 'a', () => Promise.reject(down))).rejects.toBe(down);
    });
  });

  it('lets those go on who wait for the same read when the one who asked first gives up', async () => {
    const cache = agents();
    const database = new GatedReads<string>();
    const calls = new Resilience({ policies: [] });
    const first = new AbortController();
    const deadlines: unknown[] = [];
    const load = (): Promise<string> => {
      deadlines.push(ambientCall()?.deadline);
      return database.load();
    };
    const limits = { signal: first.signal, deadlineMs: 60_000 };
    const canceled = calls.execute('first', () => readThrough(cache, 'a', load), limits);
    await database.begun(1);
    const other = calls.execute('other', () => readThrough(cache, 'a', database.load));
    await turn();
    first.abort(new Error('gone'));
    await expect(canceled).rejects.toThrow('gone');
    database.reads[0]!.open('value');

    expect(await other).toBe('value');
    expect(database.reads).toHaveLength(1);
    expect(deadlines).toEqual([null]);
  });

  it('cancels the read when nobody waits for it any more', async () => {
    const cache = agents();
    const one = new AbortController();
    let signal: AbortSignal | null = null;
    const database = new GatedReads<string>();
    const reading = new Resilience({ policies: [] }).execute(
      'one',
      () =>
        readThrough(cache, 'a', () => {
          signal = ambientCall()?.signal ?? null;
          return database.load();
        }),
      { signal: one.signal },
    );
    await database.begun(1);
    one.abort(new Error('gone'));
    await expect(reading).rejects.toThrow('gone');
    expect(signal!.aborted).toBe(true);
    const again = readThrough(cache, 'a', database.load);
    await database.begun(2);
    database.reads[1]!.open('value');

    expect(await again).toBe('value');
  });

  it('tells how it was answered, under the layer of its source', async () => {
    const events: string[] = [];
    const stop = observeOperations((event) => {
      if (event.kind === 'cache-answered') events.push(`${event.at.domain} ${event.at.layer} ${event.answer}`);
      if (event.kind === 'ended') events.push(event.operation);
    });
    const cache = agents({ negativeTtlMs: 1_000 });
    await readThrough(cache, 'a', async () => 'value');
    await readThrough(cache, 'a', async () => 'value');
    await readThrough(cache, 'none', async () => null);
    await readThrough(cache, 'none', async () => null);
    stop();

    const told = (answer: string): string => `cache_source agent_cache_source ${answer}`;
    expect(events).toEqual([
      ...['get', 'fill', told('miss'), 'get', told('hit')],
      ...['get', 'fill', told('miss'), 'get', told('negative')],
    ]);
  });
});
