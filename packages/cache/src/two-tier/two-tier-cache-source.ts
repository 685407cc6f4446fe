import type { CacheAnswer, CacheLease } from '../cache-answer.js';
import type { CacheSource, CacheSuspension } from '../cache-source.js';
import type { MemoryCacheSource } from '../memory/memory-cache-source.js';
import type { Invalidations } from './invalidations.js';

/**
 * Memory in front of a source that all processes share. What others invalidate is removed from it as soon as that is heard;
 * while nothing can be heard it is not used. It holds what it has for no longer than its own lifetime in any case.
 */
export class TwoTierCacheSource<Value> implements CacheSource<string, Value> {
  readonly #front: MemoryCacheSource<Value>;
  readonly #behind: CacheSource<string, Value>;
  readonly #invalidations: Invalidations;

  constructor(front: MemoryCacheSource<Value>, behind: CacheSource<string, Value>, invalidations: Invalidations) {
    this.#front = front;
    this.#behind = behind;
    this.#invalidations = invalidations;
    invalidations.listen(front);
  }

  textOf(key: string): string {
    return key;
  }

  async get(key: string): Promise<CacheAnswer<Value>> {
    if (!this.#invalidations.areHeard) return this.#behind.get(key);
    const front = await this.#front.get(key);
    if (front.kind === 'hit' || front.kind === 'bypass') return front;
    // Taken before the other one is asked: whatever is invalidated from now on ends it.
    const frontLease = front.lease;
    const answer = await this.#behind.get(key);
    if (answer.kind === 'hit' && frontLease !== null) await this.#front.fill(key, frontLease, answer.value);
    if (answer.kind === 'hit' || answer.kind === 'bypass' || answer.lease === null || frontLease === null)
      return answer;
    return { ...answer, lease: { token: `${answer.lease.token} ${frontLease.token}` } };
  }

  async fill(key: string, lease: CacheLease, value: Value | null): Promise<boolean> {
    const [behind = '', front = null] = lease.token.split(' ');
    const isStored = await this.#behind.fill(key, { token: behind }, value);
    if (isStored && front !== null) await this.#front.fill(key, { token: front }, value);
    return isStored;
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    await this.#front.invalidate(keys);
    await this.#behind.invalidate(keys);
    // Again: in between it may have been filled by what was still there behind it.
    await this.#front.invalidate(keys);
  }

  async suspend(keys: readonly string[]): Promise<CacheSuspension> {
    await this.#front.invalidate(keys);
    const suspension = await this.#behind.suspend(keys);
    await this.#front.invalidate(keys);
    return {
      resume: async () => {
        await suspension.resume();
        await this.#front.invalidate(keys);
      },
    };
  }
}
