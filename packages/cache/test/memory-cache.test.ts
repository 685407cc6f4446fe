import { describe, expect, it } from '@jest/globals';
import { type CacheDefinition, MemoryCache, readThrough, valueCodec } from '../src/index.js';

interface Note {
  text: string;
  readonly tags: string[];
}

const notes: CacheDefinition<string, Note> = {
  layer: 'note_cache_source',
  entity: 'note',
  keyOf: (id) => ({ tenant: 'team', id }),
  lifetimes: { ttlMs: 60_000 },
  codec: valueCodec({ version: 1 }),
};

describe('a cache in memory', () => {
  it('gives nobody a value that another reader can change, who read it from the database included', async () => {
    const source = new MemoryCache().source(notes);
    const load = async () => Object.freeze({ text: 'old', tags: ['a'] });
    for (const _time of ['loaded', 'stored']) {
      const note = await readThrough(source, '1', load);
      expect([note, note?.tags].every(Object.isFrozen)).toBe(true);
    }
  });

  it('refuses a second source of an entity that is something else, and gives the same one otherwise', () => {
    const cache = new MemoryCache();
    const source = cache.source(notes);
    expect(cache.source({ ...notes, lifetimes: { ttlMs: 60_000, staleMs: 0 } })).toBe(source);
    const layer = 'prefs_cache_source';
    const other = { layer, lifetimes: { ttlMs: 1 }, codec: valueCodec<Note>({ version: 2 }) };
    for (const name of ['layer', 'lifetimes', 'codec'] as const) {
      expect(() => cache.source({ ...notes, [name]: other[name] })).toThrow('one source of note');
    }
  });

  it.each(['ttlMs', 'leaseMs', 'suspensionMs', 'negativeTtlMs', 'staleMs'])('refuses a fraction as %s', (name) => {
    const lifetimes = { ttlMs: 60_000, [name]: 100.5 };
    expect(() => new MemoryCache().source({ ...notes, lifetimes })).toThrow(`${name} of a cache is a whole number`);
  });
});
