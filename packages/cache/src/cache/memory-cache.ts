import type { Clock, EventSource } from '@holdfast/operation';
import type { CacheSource } from '../cache-source.js';
import { CacheTelling } from '../cache-telling.js';
import { MemoryCacheSource } from '../memory/memory-cache-source.js';
import type { CacheDefinition } from './cache-definition.js';
import type { Cache } from './cache.js';
import { KeyedCacheSource } from './keyed-cache-source.js';

export interface MemoryCacheArgs {
  /** The most entries of each source. Default 10 000. */
  readonly maxEntries?: number;
  /** What events are published under. Default null. */
  readonly source?: EventSource;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Entries in the memory of this process: for an application that is one process, or for what others do not change. */
export class MemoryCache implements Cache {
  readonly #args: MemoryCacheArgs;

  constructor(args: MemoryCacheArgs = {}) {
    this.#args = args;
  }

  source<Key, Value>(definition: CacheDefinition<Key, Value>): CacheSource<Key, Value> {
    const { source = null, ...args } = this.#args;
    const telling = new CacheTelling(definition.layer, source);
    const memory = new MemoryCacheSource<Value>({ ...args, lifetimes: definition.lifetimes, telling });
    return new KeyedCacheSource(memory, 'memory', definition, telling);
  }

  async close(): Promise<number> {
    return 0;
  }
}
