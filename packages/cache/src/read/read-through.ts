import { ambientSession, systemClock } from '@holdfast/operation';
import { type CacheAnswer, missWithoutLease } from '../cache-answer.js';
import type { CacheSource } from '../cache-source.js';
import { type ReadThroughOptions, valueOf } from './value-of.js';

/**
 * What the cache holds for `key`, or else what `load` reads from the database: once for all who ask at the same time, and
 * to be stored. `load` resolves to null for what is not there.
 *
 * A cache that fails is as one that is empty: no read fails for it. Within an open dbSession the cache is not asked: the
 * transaction may have changed what it holds, or may see an earlier state.
 */
export async function readThrough<Key, Value>(
  cache: CacheSource<Key, Value>,
  key: Key,
  load: () => Promise<Value | null>,
  options: ReadThroughOptions = {},
): Promise<Value | null> {
  if (ambientSession() !== null) return load();
  const startMs = systemClock.now();
  const answer = await answerOf(cache, key);
  if (answer.kind === 'bypass') return load();
  const { value, how } = await valueOf(cache, key, answer, load, options);
  cache.telling?.answered(how, systemClock.now() - startMs);
  return value;
}

async function answerOf<Key, Value>(cache: CacheSource<Key, Value>, key: Key): Promise<CacheAnswer<Value>> {
  try {
    return await cache.get(key);
  } catch (error) {
    cache.telling?.failed('get', error);
    return missWithoutLease;
  }
}
