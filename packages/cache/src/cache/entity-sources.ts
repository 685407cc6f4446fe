import type { EntityCacheSource } from '../cache-source.js';
import type { CacheDefinition } from './cache-definition.js';

/**
 * The sources of one cache: one of each entity, however often it is asked for. Two repositories in front of the same rows
 * would not hear of each other's writes by two sources in memory.
 */
export class EntitySources {
  readonly #byEntity = new Map<string, unknown>();

  of<Key, Value>(
    { entity }: CacheDefinition<Key, Value>,
    make: () => EntityCacheSource<Key, Value>,
  ): EntityCacheSource<Key, Value> {
    const known = this.#byEntity.get(entity) as EntityCacheSource<Key, Value> | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#byEntity.set(entity, made);
    return made;
  }
}
