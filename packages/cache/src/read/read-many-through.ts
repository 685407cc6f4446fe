import { ambientSession, systemClock } from '@holdfast/operation';
import { type CacheAnswer, missWithoutLease } from '../cache-answer.js';
import type { CacheSource } from '../cache-source.js';
import { LoadTogether } from './load-together.js';
import { type ReadThroughOptions, valueOf } from './value-of.js';

/**
 * `readThrough` for many keys: one trip to each server that has some of them, and one `load` of those that are nowhere,
 * and that nobody else is reading. `load` resolves to a value for each key that it is given, in their order; null for what
 * is not there. The values are in the order of `keys`.
 */
export async function readManyThrough<Key, Value>(
  cache: CacheSource<Key, Value>,
  keys: readonly Key[],
  load: (keys: readonly Key[]) => Promise<readonly (Value | null)[]>,
  options: ReadThroughOptions = {},
): Promise<readonly (Value | null)[]> {
  const together = new LoadTogether(load);
  const loaded = (): Promise<(Value | null)[]> => Promise.all(keys.map((key) => together.load(key)));
  if (keys.length === 0) return [];
  if (ambientSession() !== null) return loaded();
  const startMs = systemClock.now();
  const byText = new Map(keys.map((key) => [cache.textOf(key), key]));
  const different = [...byText.values()];
  const answers = await answersOf(cache, different);
  if (answers.some(({ kind }) => kind === 'bypass')) return loaded();
  const values = await Promise.all(
    different.map(async (key, at) => {
      const answer = answers[at] as Exclude<CacheAnswer<Value>, { kind: 'bypass' }>;
      const { value, how } = await valueOf(cache, key, answer, () => together.load(key), options);
      cache.telling?.answered(how, systemClock.now() - startMs);
      return [cache.textOf(key), value] as const;
    }),
  );
  const found = new Map(values);
  return keys.map((key) => found.get(cache.textOf(key))!);
}

async function answersOf<Key, Value>(
  cache: CacheSource<Key, Value>,
  keys: readonly Key[],
): Promise<readonly CacheAnswer<Value>[]> {
  try {
    return await cache.getMany(keys);
  } catch (error) {
    cache.telling?.failed('getMany', error);
    return keys.map(() => missWithoutLease);
  }
}
