import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ambientCall, observeOperations, withinAmbientSession } from '@holdfast/operation';
import { Resilience, TimeoutPolicy } from '@holdfast/resilience';
import {
  type Cache,
  type CacheLifetimes,
  type CacheSource,
  invalidating,
  MemoryCache,
  NoCache,
  readManyThrough,
  readThrough,
  valueCodec,
} from '../src/index.js';
import { Gate } from './gate.js';
import { ManualClock } from './manual-clock.js';

function agents(cache: Cache = new MemoryCache(), lifetimes: Partial<CacheLifetimes> = {}) {
  return cache.source<string, string>({
    layer: 'agent_cache_source',
    entity: 'agent',
    keyOf: (id) => ({ tenant: 'team', id }),
    lifetimes: { ttlMs: 60_000, ...lifetimes },
    codec: valueCodec({ version: 1 }),
  });
}

/** A database that says which keys it was asked for. */
function database(...there: readonly string[]) {
  const asked: (readonly string[])[] = [];
  const load = async (keys: readonly string[]): Promise<readonly (string | null)[]> => {
    asked.push([...keys]);
    return keys.map((key) => (there.includes(key) ? `row ${key}` : null));
  };
  return { asked, load };
}

/** Reads that end when a test says so. */
function gated() {
  const begun: {
    readonly keys: readonly string[];
    readonly signal: AbortSignal | null;
    readonly gate: Gate<string[]>;
  }[] = [];
  const load = (keys: readonly string[]): Promise<string[]> => {
    const gate = new Gate<string[]>();
    begun.push({ keys: [...keys], signal: ambientCall()?.signal ?? null, gate });
    return gate.promise;
  };
  return { begun, load };
}

/** A cache whose server answers nothing but errors. */
const failing: CacheSource<string, string> = {
  textOf: (key) => key,
  get: () => Promise.reject(new Error('connection refused')),
  getMany: () => Promise.reject(new Error('connection refused')),
  fill: () => Promise.reject(new Error('connection refused')),
  invalidate: () => Promise.reject(new Error('connection refused')),
  suspend: () => Promise.reject(new Error('connection refused')),
};

describe('readManyThrough', () => {
  it('reads at once what is not there, in the order in which it was asked for, and stores it', async () => {
    const cache = agents();
    const { asked, load } = database('a', 'b', 'c');
    await readThrough(cache, 'b', async () => 'row b');

    expect(await readManyThrough(cache, ['c', 'b', 'none', 'a', 'c'], load)).toEqual([
      'row c',
      'row b',
      null,
      'row a',
      'row c',
    ]);
    expect(await readManyThrough(cache, ['a', 'b', 'c'], load)).toEqual(['row a', 'row b', 'row c']);
    expect(await readManyThrough(cache, [], load)).toEqual([]);
    expect(asked).toEqual([['c', 'none', 'a']]);
  });

  it('stores nothing that was read before a write', async () => {
    const cache = agents();
    const { begun, load } = gated();
    const reading = readManyThrough(cache, ['a', 'b'], load);
    await turn();
    await invalidating(cache, ['a'], async () => {});
    begun[0]!.gate.open(['old a', 'row b']);

    expect(await reading).toEqual(['old a', 'row b']);
    const { asked, load: again } = database('a', 'b');
    expect(await readManyThrough(cache, ['a', 'b'], again)).toEqual(['row a', 'row b']);
    expect(asked).toEqual([['a']]);
  });

  it('shares what others are reading, and reads only the rest', async () => {
    const cache = agents();
    const { begun, load } = gated();
    const all = [readManyThrough(cache, ['a', 'b'], load), readManyThrough(cache, ['b', 'c'], load)];
    const one = readThrough(cache, 'c', async () => (await load(['c']))[0]!);
    await turn();
    expect(begun.map(({ keys }) => keys)).toEqual([['a', 'b'], ['c']]);
    begun[0]!.gate.open(['row a', 'row b']);
    begun[1]!.gate.open(['row c']);

    expect(await Promise.all(all)).toEqual([
      ['row a', 'row b'],
      ['row b', 'row c'],
    ]);
    expect(await one).toBe('row c');
  });

  it('goes on reading for others when who asked first has left, and ends when nobody waits', async () => {
    const clock = new ManualClock();
    const cache = agents();
    const { begun, load } = gated();
    const impatient = new Resilience({ policies: [new TimeoutPolicy({ timeoutMs: 10, clock })] });
    const first = impatient.execute('read', () => readManyThrough(cache, ['a', 'b'], load));
    const left = expect(first).rejects.toThrow();
    await turn();
    const second = readManyThrough(cache, ['b'], load);
    await turn();
    await clock.advance(10);
    await left;
    expect(begun.map(({ signal }) => signal?.aborted)).toEqual([false]);
    begun[0]!.gate.open(['row a', 'row b']);
    expect(await second).toEqual(['row b']);

    const alone = impatient.execute('read', () => readManyThrough(cache, ['c', 'd'], load));
    const over = expect(alone).rejects.toThrow();
    await turn();
    await clock.advance(10);
    await over;
    expect(begun[1]!.signal!.aborted).toBe(true);
    begun[1]!.gate.open([]);
  });

  it('reads the database where the cache fails, where there is none, and within a dbSession', async () => {
    for (const cache of [failing, agents(new NoCache())]) {
      const { asked, load } = database('a');
      expect(await readManyThrough(cache, ['a', 'b'], load)).toEqual(['row a', null]);
      expect(asked).toEqual([['a', 'b']]);
    }
    const cache = agents();
    await readManyThrough(cache, ['a'], async () => ['of before']);
    const { load } = database('a');
    expect(await withinAmbientSession({}, () => readManyThrough(cache, ['a'], load))).toEqual(['row a']);
  });

  it('serves what is past its time where the database cannot be read, and tells how each was answered', async () => {
    let nowMs = 0;
    const clock = { now: () => nowMs } as never;
    const cache = agents(new MemoryCache({ clock, random: () => 0 }), { ttlMs: 100, staleMs: 1_000 });
    await readManyThrough(cache, ['a'], async () => ['row a']);
    const answers: string[] = [];
    const unobserve = observeOperations((event) => event.kind === 'cache-answered' && answers.push(event.answer));
    nowMs = 150;
    const load = (): Promise<string[]> => Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }));
    await expect(readManyThrough(cache, ['a'], load, { stale: 'never' })).rejects.toThrow('down');
    expect(await readManyThrough(cache, ['a'], async () => ['row b'], { stale: 'while-revalidating' })).toEqual([
      'row a',
    ]);
    await turn();
    expect(await readManyThrough(cache, ['a', 'c'], async () => ['row c'])).toEqual(['row b', 'row c']);
    unobserve();

    expect(answers).toEqual(['stale', 'hit', 'miss']);
  });

  it('refuses what is not one value for each key', async () => {
    await expect(readManyThrough(agents(), ['a', 'b'], async () => ['row a'])).rejects.toMatchObject({
      name: 'Misuse',
    });
  });
});
