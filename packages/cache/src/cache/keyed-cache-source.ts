import { type Resilience, sourceResilience } from '@holdfast/resilience';
import type { CacheAnswer, CacheLease } from '../cache-answer.js';
import type { CacheSource, CacheSuspension, EntityCacheSource } from '../cache-source.js';
import type { CacheTelling } from '../cache-telling.js';
import { cacheKey, everyKey } from '../key/cache-key.js';
import type { CacheDefinition } from './cache-definition.js';

/** The entries of one entity, by the keys of its domain, measured as a layer of its own. */
export class KeyedCacheSource<Key, Value> implements EntityCacheSource<Key, Value> {
  readonly telling: CacheTelling;
  readonly #source: CacheSource<string, Value>;
  readonly #prefix: string;
  readonly #definition: CacheDefinition<Key, Value>;
  readonly #layer: Resilience;
  readonly #shards: number;

  constructor(
    source: CacheSource<string, Value>,
    prefix: string,
    definition: CacheDefinition<Key, Value>,
    telling: CacheTelling,
    shards = 1,
  ) {
    this.#source = source;
    this.#prefix = prefix;
    this.#definition = definition;
    this.telling = telling;
    this.#shards = shards;
    this.#layer = sourceResilience(definition.layer, 'cache_source').withSource(telling.source);
  }

  textOf = (key: Key): string =>
    cacheKey(this.#prefix, this.#definition.entity, this.#definition.keyOf(key), this.#shards);

  get(key: Key): Promise<CacheAnswer<Value>> {
    return this.#layer.execute('get', () => this.#source.get(this.textOf(key)));
  }

  getMany(keys: readonly Key[]): Promise<readonly CacheAnswer<Value>[]> {
    return this.#layer.execute('getMany', async () => this.#source.getMany(keys.map(this.textOf)));
  }

  fill(key: Key, lease: CacheLease, value: Value | null): Promise<boolean> {
    return this.#layer.execute('fill', async () => this.#source.fill(this.textOf(key), lease, value));
  }

  invalidate(keys: readonly Key[]): Promise<void> {
    return this.#layer.execute('invalidate', async () => this.#source.invalidate(keys.map(this.textOf)));
  }

  async suspend(keys: readonly Key[]): Promise<CacheSuspension> {
    return this.#suspend(keys.map(this.textOf));
  }

  async suspendAll(tenant: string | null): Promise<CacheSuspension> {
    return this.#suspend(everyKey(this.#prefix, this.#definition.entity, tenant, this.#shards));
  }

  async #suspend(texts: readonly string[]): Promise<CacheSuspension> {
    const suspension = await this.#layer.execute('suspend', () => this.#source.suspend(texts));
    return { resume: () => this.#layer.execute('resume', () => suspension.resume()) };
  }
}
