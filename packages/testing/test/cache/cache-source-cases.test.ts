import { describe, expect, it } from '@jest/globals';
import { type CacheLifetimes, type CacheSource, MemoryCacheSource } from '@holdfast/cache';
import { cacheSourceCases, FakeClock } from '@holdfast/testing';

type Fault = (source: MemoryCacheSource<number>, lifetimes: CacheLifetimes) => Partial<CacheSource<string, number>>;

/** What somebody could get wrong, and the case that finds it. */
const faults: Readonly<Record<string, readonly [string, Fault]>> = {
  'stores by any lease': [
    'never gave',
    (source) => ({
      fill: async (key, lease, value) => {
        const own = await source.get(key);
        return source.fill(key, own.kind === 'miss' && own.lease !== null ? own.lease : lease, value);
      },
    }),
  ],
  'does not suspend': [
    'of a suspended key',
    (source) => ({
      suspend: async (keys) => {
        await source.invalidate(keys);
        return { resume: () => source.invalidate(keys) };
      },
    }),
  ],
  'does not invalidate at the end of a suspension': [
    'when a suspension is ended',
    (source) => ({ suspend: async (keys) => (await source.suspend(keys), { resume: async () => {} }) }),
  ],
  'knows one key only': ['nothing of other keys', (source) => ({ get: () => source.get('a') })],
  'invalidates everything': ['and nothing else', (source) => ({ invalidate: async () => source.clear() })],
  'mixes up what it is asked for at once': [
    'of many at once',
    (source) => ({ getMany: async (keys) => [...(await source.getMany(keys))].reverse() }),
  ],
  'never forgets': [
    'end by itself',
    (_source, lifetimes) => new MemoryCacheSource<number>({ lifetimes: { ...lifetimes, ttlMs: 3_600_000 } }),
  ],
};

describe('the cases of a cache source', () => {
  it.each(Object.entries(faults))('find one that %s', async (_name, [title, fault]) => {
    const clock = new FakeClock();
    const cases = cacheSourceCases<string, number>({
      create: async (lifetimes) => {
        const source = new MemoryCacheSource<number>({ clock, lifetimes });
        const faulty = fault(source, lifetimes);
        const bound = (name: 'get' | 'getMany' | 'fill' | 'invalidate' | 'suspend') =>
          (faulty[name] ?? source[name]).bind(faulty[name] ? faulty : source);
        return {
          textOf: (key: string) => key,
          get: bound('get'),
          getMany: bound('getMany'),
          fill: bound('fill'),
          invalidate: bound('invalidate'),
          suspend: bound('suspend'),
        } as CacheSource<string, number>;
      },
      key: String,
      value: (number) => number,
      pass: (ms) => clock.advance(ms),
    });
    const failed: string[] = [];
    for (const one of cases) await one.run().catch(() => failed.push(one.title));

    expect(failed.join('\n')).toContain(title);
  });
});
