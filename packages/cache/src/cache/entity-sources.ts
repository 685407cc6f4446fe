import { isDeepStrictEqual } from 'node:util';
import { Misuse } from '@holdfast/errors';
import type { EntityCacheSource } from '../cache-source.js';
import { checkedLifetimes } from '../cache-lifetimes.js';
import type { CacheDefinition } from './cache-definition.js';

/**
 * The sources of one cache: one of each entity, however often it is asked for. Two repositories in front of the same rows
 * would not hear of each other's writes by two sources in memory.
 */
export class EntitySources {
  readonly #byEntity = new Map<string, { readonly facts: unknown; readonly source: unknown }>();

  /** Throws Misuse where the same name was given to something else. */
  of<Key, Value>(
    definition: CacheDefinition<Key, Value>,
    make: () => EntityCacheSource<Key, Value>,
  ): EntityCacheSource<Key, Value> {
    const { entity, layer, lifetimes, codec } = definition;
    const facts = [layer, codec.version, checkedLifetimes(lifetimes)];
    const known = this.#byEntity.get(entity);
    if (known === undefined) {
      const source = make();
      this.#byEntity.set(entity, { facts, source });
      return source;
    }
    if (!isDeepStrictEqual(known.facts, facts)) {
      throw new Misuse(`A cache has one source of ${entity}: of one layer, one version and the same lifetimes.`);
    }
    return known.source as EntityCacheSource<Key, Value>;
  }
}
