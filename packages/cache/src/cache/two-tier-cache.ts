import { randomUUID } from 'node:crypto';
import type { EntityCacheSource } from '../cache-source.js';
import { CacheTelling } from '../cache-telling.js';
import { MemoryCacheSource } from '../memory/memory-cache-source.js';
import { Invalidations } from '../two-tier/invalidations.js';
import { TwoTierCacheSource } from '../two-tier/two-tier-cache-source.js';
import type { CacheDefinition } from './cache-definition.js';
import { KeyedCacheSource } from './keyed-cache-source.js';
import { RedisCache, type RedisCacheArgs } from './redis-cache.js';

export interface TwoTierCacheArgs extends RedisCacheArgs {
  /**
   * For how long the memory keeps an entry, at most for the lifetime of its source: how old it may get where an invalidation
   * is not heard. Default 1 000.
   */
  readonly memoryTtlMs?: number;
  /** The most entries of each source in memory. Default 10 000. */
  readonly maxEntries?: number;
}

/**
 * Memory in front of a server that all processes share. `start` it, or the memory is not used: it hears by publish and
 * subscribe what others have invalidated.
 */
export class TwoTierCache extends RedisCache {
  readonly #args: TwoTierCacheArgs;
  readonly #invalidations: Invalidations;

  constructor(args: TwoTierCacheArgs) {
    super(args);
    this.#args = args;
    const channel = `${this.prefix}:invalidations`;
    this.#invalidations = new Invalidations({ redis: args.redis, channel, id: randomUUID() });
  }

  /** Begins to hear of invalidations. Rejects with what the client threw: it may be called again. */
  start(): Promise<void> {
    return this.#invalidations.start();
  }

  override source<Key, Value>(definition: CacheDefinition<Key, Value>): EntityCacheSource<Key, Value> {
    return this.sources.of(definition, () => this.#source(definition));
  }

  override async close(): Promise<number> {
    const left = await super.close();
    await this.#invalidations.stop();
    return left;
  }

  #source<Key, Value>(definition: CacheDefinition<Key, Value>): EntityCacheSource<Key, Value> {
    const { memoryTtlMs = 1_000, ...args } = this.#args;
    const { negativeTtlMs = 0 } = definition.lifetimes;
    const ttlMs = Math.min(memoryTtlMs, definition.lifetimes.ttlMs);
    const lifetimes = { ...definition.lifetimes, ttlMs, negativeTtlMs: Math.min(negativeTtlMs, ttlMs), staleMs: 0 };
    const telling = new CacheTelling(definition.layer, this.#args.source);
    const front = new MemoryCacheSource<Value>({ ...args, lifetimes });
    const behind = this.guarded(definition, telling, this.#invalidations);
    const both = new TwoTierCacheSource(front, behind, this.#invalidations);
    return new KeyedCacheSource(both, this.prefix, definition, telling, this.shards);
  }
}
