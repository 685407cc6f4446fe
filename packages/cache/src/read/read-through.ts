import { ambientSession, type CacheAnswered, systemClock } from '@holdfast/operation';
import { isReplaceable } from '@holdfast/resilience';
import { type CacheAnswer, type CacheLease, missWithoutLease } from '../cache-answer.js';
import type { CacheSource } from '../cache-source.js';
import { Flights } from './flights.js';

export interface ReadThroughOptions {
  /**
   * What is done with a value that is past its time, for as long as its source keeps it (`staleMs`). `on-error` serves it
   * where the database cannot be read (`isReplaceable`); `while-revalidating` at once, and reads the database for the next
   * one; `never` does not. Default `on-error`.
   */
  readonly stale?: 'on-error' | 'while-revalidating' | 'never';
  /** Whether the read of the database is this caller's own, which ends with it and which nobody joins. Default false. */
  readonly alone?: boolean;
}

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

interface Answered<Value> {
  readonly value: Value | null;
  readonly how: CacheAnswered['answer'];
}

async function valueOf<Key, Value>(
  cache: CacheSource<Key, Value>,
  key: Key,
  answer: Exclude<CacheAnswer<Value>, { kind: 'bypass' }>,
  load: () => Promise<Value | null>,
  { stale = 'on-error', alone = false }: ReadThroughOptions,
): Promise<Answered<Value>> {
  if (answer.kind === 'hit') return { value: answer.value, how: answer.value === null ? 'negative' : 'hit' };
  const { lease } = answer;
  let isOurs = false;
  const loadAndFill = async (): Promise<Value | null> => {
    isOurs = true;
    const value = await load();
    if (lease !== null) await offer(cache, key, lease, value);
    return value;
  };
  const flights = flightsOf(cache);
  if (answer.kind === 'stale' && stale === 'while-revalidating' && lease !== null) {
    void flights.refresh(cache.textOf(key), lease, loadAndFill);
    return { value: answer.value, how: 'stale' };
  }
  try {
    const value = await (alone ? loadAndFill() : flights.join(cache.textOf(key), lease, loadAndFill));
    return { value, how: isOurs ? 'miss' : 'joined' };
  } catch (error) {
    if (answer.kind === 'miss' || stale === 'never' || !isReplaceable(error)) throw error;
    return { value: answer.value, how: 'stale' };
  }
}

async function offer<Key, Value>(
  cache: CacheSource<Key, Value>,
  key: Key,
  lease: CacheLease,
  value: Value | null,
): Promise<void> {
  try {
    await cache.fill(key, lease, value);
  } catch (error) {
    cache.telling?.failed('fill', error);
  }
}

const underWay = new WeakMap<object, Flights<never>>();

function flightsOf<Key, Value>(cache: CacheSource<Key, Value>): Flights<Value | null> {
  let flights = underWay.get(cache) as Flights<Value | null> | undefined;
  if (flights === undefined) {
    flights = new Flights();
    underWay.set(cache, flights as Flights<never>);
  }
  return flights;
}
