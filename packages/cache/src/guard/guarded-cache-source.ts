import { type Clock, systemClock } from '@holdfast/operation';
import { type CircuitBreakerPolicy, Resilience, TimeoutPolicy } from '@holdfast/resilience';
import { type CacheAnswer, type CacheLease, missWithoutLease } from '../cache-answer.js';
import { type CacheLifetimes, checkedLifetimes, longestLifeMs } from '../cache-lifetimes.js';
import type { CacheSource, CacheSuspension } from '../cache-source.js';
import type { CacheTelling } from '../cache-telling.js';
import { CacheUnavailable } from '../cache-unavailable.js';
import { bySlot } from '../key/by-slot.js';
import { everyKeyLike } from '../key/cache-key.js';
import { answerWithin } from './answer-within.js';
import { PendingInvalidations } from './pending-invalidations.js';

export interface GuardArgs {
  /**
   * What becomes of a write that the server cannot be told of before it: `strict` refuses it with `CacheUnavailable`;
   * `bounded` makes it, trusts no entry of its keys in this process until the server has been told, and lets other processes
   * read what is there until then, or until it ends by itself. Default `bounded`.
   */
  readonly writes?: 'strict' | 'bounded';
  /** How long a read waits for the server, in milliseconds. Default 100. */
  readonly readTimeoutMs?: number;
  /** How long a write does, before it and after it. Default 250. */
  readonly writeTimeoutMs?: number;
  /** Keeps reads, and nothing else, from a server that does not answer. Share it among the sources of one server. */
  readonly breaker?: CircuitBreakerPolicy;
  /** The most keys that are remembered one by one; when there are more, no entry is trusted for a while. Default 10 000. */
  readonly maxPendingKeys?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/**
 * Around a source that another machine may fail: reads never fail and wait for no server long; invalidations are never
 * dropped. What was not delivered is remembered, and tried again until it is, or until nothing can be left of it.
 */
export class GuardedCacheSource<Value> implements CacheSource<string, Value> {
  readonly telling?: CacheTelling;
  readonly #source: CacheSource<string, Value>;
  readonly #lifetimes: Required<CacheLifetimes>;
  readonly #isStrict: boolean;
  readonly #clock: Clock;
  readonly #readTimeoutMs: number;
  readonly #writeTimeoutMs: number;
  readonly #reads: Resilience;
  readonly #pending: PendingInvalidations;

  constructor(
    source: CacheSource<string, Value>,
    lifetimes: CacheLifetimes,
    args: GuardArgs = {},
    telling?: CacheTelling,
  ) {
    const { writes = 'bounded', readTimeoutMs = 100, writeTimeoutMs = 250, maxPendingKeys = 10_000 } = args;
    const { clock = systemClock, random = Math.random, breaker } = args;
    this.#source = source;
    this.#lifetimes = checkedLifetimes(lifetimes);
    this.#isStrict = writes === 'strict';
    this.#clock = clock;
    this.#readTimeoutMs = readTimeoutMs;
    this.#writeTimeoutMs = writeTimeoutMs;
    if (telling !== undefined) this.telling = telling;
    const timeout = new TimeoutPolicy({ timeoutMs: readTimeoutMs, mode: 'abandon', outcome: 'not-committed', clock });
    const policies = breaker === undefined ? [timeout] : [breaker, timeout];
    this.#reads = new Resilience({ policies, layer: telling?.at ?? null, source: telling?.source ?? null });
    this.#pending = new PendingInvalidations({
      clock,
      random,
      maxKeys: maxPendingKeys,
      // A lease that was given before may still be used, and what is stored by it lives from then on.
      lifeMs: this.#lifetimes.leaseMs + longestLifeMs(this.#lifetimes),
      changed: (keys) => telling?.pending(keys),
      over: (keys, outcome) => telling?.invalidated('invalidate', keys, outcome),
    });
  }

  /** How many keys wait for their invalidation to be delivered. */
  get pendingKeys(): number {
    return this.#pending.size;
  }

  textOf(key: string): string {
    return key;
  }

  async get(key: string): Promise<CacheAnswer<Value>> {
    if (this.#isPending(key)) return missWithoutLease;
    try {
      return await this.#reads.execute('get', () => this.#source.get(key));
    } catch (error) {
      this.telling?.failed('get', error);
      return missWithoutLease;
    }
  }

  async getMany(keys: readonly string[]): Promise<readonly CacheAnswer<Value>[]> {
    const trusted = keys.filter((key) => !this.#isPending(key));
    // Each slot for itself, as what follows: a server that does not answer takes nothing from the others.
    const answers = await Promise.all(bySlot(trusted).map((some) => this.#readMany(some)));
    const byKey = new Map(answers.flat());
    return keys.map((key) => byKey.get(key) ?? missWithoutLease);
  }

  async fill(key: string, lease: CacheLease, value: Value | null): Promise<boolean> {
    if (this.#isPending(key)) return false;
    try {
      return await answerWithin(this.#clock, this.#readTimeoutMs, () => this.#source.fill(key, lease, value));
    } catch (error) {
      this.telling?.failed('fill', error);
      return false;
    }
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    const told = (some: readonly string[]): Promise<void> => this.#told(() => this.#source.invalidate(some));
    await Promise.all(bySlot(keys).map((some) => this.#deliverOrRemember('invalidate', some, () => told(some))));
  }

  async suspend(keys: readonly string[]): Promise<CacheSuspension> {
    const all = await Promise.allSettled(bySlot(keys).map((some) => this.#suspend(some)));
    const suspensions = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const resume = async (): Promise<void> => {
      await Promise.all(suspensions.map((suspension) => suspension.resume()));
    };
    const refused = all.find((one): one is PromiseRejectedResult => one.status === 'rejected');
    if (refused === undefined) return { resume };
    // The write is not made: nobody need wait for it.
    await resume();
    throw refused.reason as Error;
  }

  /** Tries once more to deliver what is pending. How many keys are left: entries of theirs end by themselves. */
  close(): Promise<number> {
    return this.#pending.close();
  }

  async #readMany(keys: readonly string[]): Promise<readonly (readonly [string, CacheAnswer<Value>])[]> {
    try {
      const answers = await this.#reads.execute('getMany', () => this.#source.getMany(keys));
      return keys.map((key, at) => [key, answers[at]!] as const);
    } catch (error) {
      this.telling?.failed('getMany', error);
      return [];
    }
  }

  async #suspend(keys: readonly string[]): Promise<CacheSuspension> {
    let suspension: CacheSuspension;
    try {
      suspension = await this.#told(() => this.#source.suspend(keys));
    } catch (error) {
      this.telling?.failed('suspend', error);
      this.telling?.invalidated('suspend', keys.length, this.#isStrict ? 'refused' : 'failed');
      if (this.#isStrict) throw new CacheUnavailable(error);
      return this.#remembered(keys);
    }
    this.telling?.invalidated('suspend', keys.length, 'suspended');
    const deliver = (): Promise<void> => this.#told(() => suspension.resume());
    return { resume: () => this.#deliverOrRemember('resume', keys, deliver) };
  }

  async #deliverOrRemember(operation: string, keys: readonly string[], deliver: () => Promise<void>): Promise<void> {
    try {
      await deliver();
      this.telling?.invalidated(operation, keys.length, 'delivered');
    } catch (error) {
      this.telling?.failed(operation, error);
      this.telling?.invalidated(operation, keys.length, 'failed');
      this.#pending.add(keys, deliver);
    }
  }

  /** Of a write that the server does not know of: this process does, until it is over and the server was told. */
  #remembered(keys: readonly string[]): CacheSuspension {
    const deliver = (): Promise<void> => this.#told(() => this.#source.invalidate(keys));
    const pending = this.#pending.add(keys, deliver, this.#lifetimes.suspensionMs);
    const resume = async (): Promise<void> => {
      try {
        await deliver();
        pending.delivered();
      } catch {
        pending.ready();
      }
    };
    return { resume };
  }

  #isPending(key: string): boolean {
    return this.#pending.has(key) || this.#pending.has(everyKeyLike(key));
  }

  #told<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return answerWithin(this.#clock, this.#writeTimeoutMs, ask);
  }
}
