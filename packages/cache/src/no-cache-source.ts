import { bypass, type CacheAnswer } from './cache-answer.js';
import type { CacheSource, CacheSuspension } from './cache-source.js';

/** Where there is no cache: everything is read from the database, each time. */
export class NoCacheSource<Key, Value> implements CacheSource<Key, Value> {
  textOf(): string {
    return '';
  }

  async get(): Promise<CacheAnswer<Value>> {
    return bypass;
  }

  async getMany(keys: readonly Key[]): Promise<readonly CacheAnswer<Value>[]> {
    return keys.map(() => bypass);
  }

  async fill(): Promise<boolean> {
    return false;
  }

  async invalidate(): Promise<void> {}

  async suspend(): Promise<CacheSuspension> {
    return { resume: async () => {} };
  }
}
