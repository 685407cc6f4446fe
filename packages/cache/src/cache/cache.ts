import type { EntityCacheSource } from '../cache-source.js';
import type { CacheDefinition } from './cache-definition.js';

/** Where an application has things cached: it makes the sources of its repositories. */
export interface Cache {
  /**
   * The source of an entity: the same one whenever it is asked for. Throws Misuse where it was defined with another layer,
   * other lifetimes, or another version of its codec.
   */
  source<Key, Value>(definition: CacheDefinition<Key, Value>): EntityCacheSource<Key, Value>;
  /** Tries once more to deliver what was not delivered. How many keys are left, whose entries end by themselves. */
  close(): Promise<number>;
}
