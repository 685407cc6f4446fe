import type { EventSource } from '@holdfast/operation';
import { CircuitBreakerPolicy, Resilience } from '@holdfast/resilience';
import type { CacheSource } from '../cache-source.js';
import { CacheTelling } from '../cache-telling.js';
import { CodedCacheSource } from '../codec/coded-cache-source.js';
import { type GuardArgs, GuardedCacheSource } from '../guard/guarded-cache-source.js';
import { RedisCacheSource, type RedisCacheSourceArgs } from '../redis/redis-cache-source.js';
import type { RedisPort } from '../redis/redis-port.js';
import type { CacheDefinition } from './cache-definition.js';
import type { Cache } from './cache.js';
import { KeyedCacheSource } from './keyed-cache-source.js';

export interface RedisCacheArgs extends GuardArgs {
  readonly redis: RedisPort;
  /** What all keys begin with. Default `holdfast`. */
  readonly prefix?: string;
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

  constructor(args: RedisCacheArgs) {
    const { clock } = args;
    const breaker = (): CircuitBreakerPolicy =>
      new CircuitBreakerPolicy({ label: 'cache', openMs: 1_000, countsAsFailure: () => true, ...(clock && { clock }) });
    this.#args = { ...args, breaker: args.breaker ?? breaker() };
    this.resilience = new Resilience({ name: 'cache', policies: [this.#args.breaker] });
  }

  source<Key, Value>(definition: CacheDefinition<Key, Value>): CacheSource<Key, Value> {
    const telling = new CacheTelling(definition.layer, this.#args.source);
    return new KeyedCacheSource(this.guarded(definition, telling), this.prefix, definition, telling);
  }

  async close(): Promise<number> {
    const left = await Promise.all(this.#guarded.map((source) => source.close()));
    return left.reduce((sum, one) => sum + one, 0);
  }

  protected get prefix(): string {
    return this.#args.prefix ?? 'holdfast';
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
