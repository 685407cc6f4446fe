import type { CacheAnswer, CacheSource, CacheSuspension, RedisPort } from '@holdfast/cache';

/** What many write: a miss is filled by whatever was read, and a write deletes the key when it is over, if that works. */
export class NaiveCacheSource implements CacheSource<string, number> {
  readonly #redis: RedisPort;

  constructor(redis: RedisPort) {
    this.#redis = redis;
  }

  textOf(key: string): string {
    return `naive:${key}`;
  }

  async get(key: string): Promise<CacheAnswer<number>> {
    const text = await this.#redis.get(this.textOf(key)).catch(() => null);
    return text === null ? { kind: 'miss', lease: { token: 'any' } } : { kind: 'hit', value: Number(text) };
  }

  getMany(keys: readonly string[]): Promise<readonly CacheAnswer<number>[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  fill(key: string, _lease: unknown, value: number | null): Promise<boolean> {
    return this.#redis.set(this.textOf(key), String(value), { pxMs: 60_000 });
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    await this.#redis.del(keys.map((key) => this.textOf(key))).catch(() => 0);
  }

  async suspend(keys: readonly string[]): Promise<CacheSuspension> {
    return { resume: () => this.invalidate(keys) };
  }
}
