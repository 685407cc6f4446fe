import { Misuse } from '@holdfast/errors';
import type { EventSource } from '@holdfast/operation';
import { CircuitBreakerPolicy, Resilience } from '@holdfast/resilience';
import type { EntityCacheSource } from '../cache-source.js';
import { CacheTelling } from '../cache-telling.js';
import { CodedCacheSource } from '../codec/coded-cache-source.js';
import { type GuardArgs, GuardedCacheSource } from '../guard/guarded-cache-source.js';
import { RedisCacheSource, type RedisCacheSourceArgs } from '../redis/redis-cache-source.js';
import type { RedisPort } from '../redis/redis-port.js';
import type { CacheDefinition } from './cache-definition.js';
import type { Cache } from './cache.js';
import { EntitySources } from './entity-sources.js';
import { KeyedCacheSource } from './keyed-cache-source.js';

export interface RedisCacheArgs extends GuardArgs {
  readonly redis: RedisPort;
  /** What all keys begin with. Default `holdfast`. */
  readonly prefix?: string;
  /**
   * Over how many slots of a cluster the entries are spread that belong to no tenant, from 1 to 1 024: the same for all
   * that share them. A write by a condition tells each of them. Default 16 on a cluster, or else 1.
   */
  readonly shards?: number;
  /** What events are published under. Default null. */
  readonly source?: EventSource;
  /** Tokens of leases and suspensions, none of which may come twice. Default `randomUUID`. */
  readonly newToken?: () => string;
}

/** Entries on a server of Redis or Valkey that all processes share. */
export class RedisCache implements Cache {
  /** What is around its reads, whose breaker `PrometheusObserver` shows where this is among its `resiliences`. */
  readonly resilience: Resilience;
  readonly #args: RedisCacheArgs & { readonly breaker: CircuitBreakerPolicy };
  readonly #guarded: GuardedCacheSource<never>[] = [];
  protected readonly sources = new EntitySources();

  constructor(args: RedisCacheArgs) {
    const { clock, shards = 1 } = args;
    if (!(Number.isSafeInteger(shards) && shards >= 1 && shards <= 1_024)) {
      throw new Misuse('shards of a cache is a whole number from 1 to 1 024.');
    }
    const breaker = (): CircuitBreakerPolicy =>
      new CircuitBreakerPolicy({ label: 'cache', openMs: 1_000, countsAsFailure: () => true, ...(clock && { clock }) });
    this.#args = { ...args, breaker: args.breaker ?? breaker() };
    this.resilience = new Resilience({ name: 'cache', policies: [this.#args.breaker] });
  }

  source<Key, Value>(definition: CacheDefinition<Key, Value>): EntityCacheSource<Key, Value> {
    return this.sources.of(definition, () => {
      const telling = new CacheTelling(definition.layer, this.#args.source);
      return new KeyedCacheSource(this.guarded(definition, telling), this.prefix, definition, telling, this.shards);
    });
  }

  async close(): Promise<number> {
    const left = await Promise.all(this.#guarded.map((source) => source.close()));
    return left.reduce((sum, one) => sum + one, 0);
  }

  protected get prefix(): string {
    return this.#args.prefix ?? 'holdfast';
  }

  protected get shards(): number {
    return this.#args.shards ?? (this.#args.redis.isCluster === true ? 16 : 1);
  }

  /** The entries of one entity by the texts of their keys. */
  protected guarded<Value>(
    { lifetimes, codec }: CacheDefinition<never, Value>,
    telling: CacheTelling,
    announcement?: RedisCacheSourceArgs['announcement'],
  ): GuardedCacheSource<Value> {
    const texts = new RedisCacheSource({ ...this.#args, lifetimes, ...(announcement && { announcement }) });
    const source = new GuardedCacheSource(new CodedCacheSource(texts, codec), lifetimes, this.#args, telling);
    this.#guarded.push(source as GuardedCacheSource<never>);
    return source;
  }
}
