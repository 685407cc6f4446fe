import type { EntityCacheSource } from '../cache-source.js';
import { NoCacheSource } from '../no-cache-source.js';
import type { Cache } from './cache.js';

/** Nothing is cached. What a repository has that was given no cache. */
export class NoCache implements Cache {
  source<Key, Value>(): EntityCacheSource<Key, Value> {
    return new NoCacheSource();
  }

  async close(): Promise<number> {
    return 0;
  }
}
