import type { CacheAnswered } from '@holdfast/operation';
import { isReplaceable } from '@holdfast/resilience';
import type { CacheAnswer, CacheLease } from '../cache-answer.js';
import type { CacheSource } from '../cache-source.js';
import { Flights } from './flights.js';

export interface ReadThroughOptions {
  /**
   * What is done with a value that is past its time, for as long as its source keeps it (`staleMs`). `on-error` serves it
   * where the database cannot be read (`isReplaceable`); `while-revalidating` at once, and reads the database for the next
   * one; `never` does not. Default `on-error`.
   */
  readonly stale?: 'on-error' | 'while-revalidating' | 'never';
}

interface Answered<Value> {
  readonly value: Value | null;
  readonly how: CacheAnswered['answer'];
}

/** The value that an answer leads to: its own, or what `load` reads for all who ask at the same time, and stores. */
export async function valueOf<Key, Value>(
  cache: CacheSource<Key, Value>,
  key: Key,
  answer: Exclude<CacheAnswer<Value>, { kind: 'bypass' }>,
  load: () => Promise<Value | null>,
  { stale = 'on-error' }: ReadThroughOptions,
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
    const value = await flights.join(cache.textOf(key), lease, loadAndFill);
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
