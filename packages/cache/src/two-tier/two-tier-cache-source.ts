import type { CacheAnswer, CacheLease } from '../cache-answer.js';
import type { CacheSource, CacheSuspension } from '../cache-source.js';
import { freezeDeeply } from '../codec/freeze-deeply.js';
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
    // Its lease is taken before the other one is asked: whatever is invalidated from now on ends it.
    const answer = await this.#front.get(key);
    return answer.kind === 'hit' ? answer : this.#joined(key, leaseOf(answer), await this.#behind.get(key));
  }

  async getMany(keys: readonly string[]): Promise<readonly CacheAnswer<Value>[]> {
    if (!this.#invalidations.areHeard) return this.#behind.getMany(keys);
    // Their leases are taken before the other one is asked: whatever is invalidated from now on ends them.
    const answers = [...(await this.#front.getMany(keys))];
    const missed = [...keys.keys()].filter((at) => answers[at]!.kind !== 'hit');
    if (missed.length === 0) return answers;
    const behind = await this.#behind.getMany(missed.map((at) => keys[at]!));
    for (const [index, at] of missed.entries()) {
      answers[at] = await this.#joined(keys[at]!, leaseOf(answers[at]!), behind[index]!);
    }
    return answers;
  }

  async fill(key: string, lease: CacheLease, value: Value | null): Promise<boolean> {
    const [behind = '', front = null] = lease.token.split(' ');
    // Before its reader has it.
    if (front !== null) freezeDeeply(value);
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

  /** What was found behind, kept in front; or a lease of both. */
  async #joined(key: string, front: CacheLease | null, answer: CacheAnswer<Value>): Promise<CacheAnswer<Value>> {
    if (front === null) return answer;
    if (answer.kind === 'hit') await this.#front.fill(key, front, answer.value);
    const lease = leaseOf(answer);
    if (lease === null || (answer.kind !== 'miss' && answer.kind !== 'stale')) return answer;
    return { ...answer, lease: { token: `${lease.token} ${front.token}` } };
  }
}

function leaseOf(answer: CacheAnswer<unknown>): CacheLease | null {
  return answer.kind === 'miss' || answer.kind === 'stale' ? answer.lease : null;
}
