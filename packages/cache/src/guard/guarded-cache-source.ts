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
  /**
   * The most keys that are remembered one by one. Of more, all entries of their tenant and entity are invalidated; of as
   * many tenants again, this process trusts no entry for a while, and others wait for its end. Default 10 000.
   */
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
      deliver: (keys, suspension) => this.#deliver(keys, suspension),
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
    const told = async (some: readonly string[]): Promise<void> => {
      if (!(await this.#isDelivered('invalidate', some))) this.#pending.add(some, null);
    };
    await Promise.all(bySlot(keys).map(told));
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

  /** Tries once more to deliver what is pending, for `writeTimeoutMs`. How many keys are left: their entries end by themselves. */
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
    // Within a transaction nobody waits again and again for a server that says nothing.
    if (!this.#isStrict && this.#pending.isFailing(keys)) {
      this.telling?.invalidated('suspend', keys.length, 'failed');
      return this.#remembered(keys, null);
    }
    let begun: CacheSuspension | null = null;
    const asked = (): Promise<CacheSuspension> => this.#source.suspend(keys, (one) => void (begun = one));
    let suspension: CacheSuspension;
    try {
      suspension = await this.#told(asked);
    } catch (error) {
      this.telling?.failed('suspend', error);
      this.telling?.invalidated('suspend', keys.length, this.#isStrict ? 'refused' : 'failed');
      if (!this.#isStrict) return this.#remembered(keys, begun);
      // The server may do yet what it was asked for.
      if (begun !== null) this.#pending.add(keys, begun);
      throw new CacheUnavailable(error);
    }
    this.telling?.invalidated('suspend', keys.length, 'suspended');
    const resume = async (): Promise<void> => {
      if (!(await this.#isDelivered('resume', keys, suspension))) this.#pending.add(keys, suspension);
    };
    return { resume };
  }

  /** Where the server took nothing when it was told last, it is not waited for. */
  async #isDelivered(
    operation: string,
    keys: readonly string[],
    suspension: CacheSuspension | null = null,
  ): Promise<boolean> {
    let isDelivered = false;
    try {
      if (!this.#pending.isFailing(keys)) {
        await this.#deliver(keys, suspension);
        isDelivered = true;
      }
    } catch (error) {
      this.telling?.failed(operation, error);
    }
    this.telling?.invalidated(operation, keys.length, isDelivered ? 'delivered' : 'failed');
    return isDelivered;
  }

  /** Of a write that the server does not know of: this process does, until it is over and the server was told. */
  #remembered(keys: readonly string[], begun: CacheSuspension | null): CacheSuspension {
    const write = this.#pending.hold(keys, begun, this.#lifetimes.suspensionMs);
    const resume = async (): Promise<void> => {
      if (await this.#isDelivered('resume', keys, begun)) write.delivered();
      else write.over();
    };
    return { resume };
  }

  #deliver(keys: readonly string[], suspension: CacheSuspension | null): Promise<void> {
    return this.#told(() => (suspension === null ? this.#source.invalidate(keys) : suspension.resume()));
  }

  #isPending(key: string): boolean {
    return this.#pending.has(key) || this.#pending.has(everyKeyLike(key));
  }

  #told<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return answerWithin(this.#clock, this.#writeTimeoutMs, ask);
  }
}
