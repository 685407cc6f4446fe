import {
  type Cache,
  type CacheDefinition,
  type CacheLease,
  type EntityCacheSource,
  MemoryCache,
} from '@holdfast/cache';

interface Hold {
  readonly reach: () => void;
  readonly released: Promise<void>;
}

/** A cache that holds up who is about to store something, until they may. What it has comes back as from a server. */
export class HeldCache implements Cache {
  readonly #memory = new MemoryCache();
  readonly #sources = new Map<string, EntityCacheSource<never, never>>();
  #next: Hold | null = null;

  source<Key, Value>(definition: CacheDefinition<Key, Value>): EntityCacheSource<Key, Value> {
    const { entity } = definition;
    const source = this.#sources.get(entity) ?? this.#source(definition);
    this.#sources.set(entity, source as EntityCacheSource<never, never>);
    return source as EntityCacheSource<Key, Value>;
  }

  /** Holds up the next one; `reached` resolves when they are there. */
  holdNext(): { readonly reached: Promise<void>; readonly release: () => void } {
    let [reach, release] = [(): void => {}, (): void => {}];
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#next = { reach, released };
    return { reached, release };
  }

  /** Has nothing any more. */
  async forget(): Promise<void> {
    for (const source of this.#sources.values()) await (await source.suspendAll(null)).resume();
  }

  close(): Promise<number> {
    return this.#memory.close();
  }

  #source<Key, Value>(definition: CacheDefinition<Key, Value>): EntityCacheSource<Key, Value> {
    const { codec } = definition;
    const source = this.#memory.source(definition);
    return {
      textOf: (key) => source.textOf(key),
      get: (key) => source.get(key),
      getMany: (keys) => source.getMany(keys),
      fill: async (key: Key, lease: CacheLease, value: Value | null) => {
        const hold = this.#next;
        this.#next = null;
        hold?.reach();
        await hold?.released;
        return source.fill(key, lease, value === null ? null : await codec.decode(codec.encode(value)));
      },
      invalidate: (keys) => source.invalidate(keys),
      suspend: (keys) => source.suspend(keys),
      suspendAll: (tenant) => source.suspendAll(tenant),
    };
  }
}
