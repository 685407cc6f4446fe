import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '@holdfast/operation';
import { LRUCache } from 'lru-cache';
import { type CacheAnswer, type CacheLease, missWithoutLease } from '../cache-answer.js';
import { type CacheLifetimes, checkedLifetimes, freshForMs } from '../cache-lifetimes.js';
import type { CacheSource, CacheSuspension } from '../cache-source.js';
import type { CacheTelling } from '../cache-telling.js';
import { freezeDeeply } from '../codec/freeze-deeply.js';
import { everyKeyLike, isEveryKey } from '../key/cache-key.js';
import { type KeyGroup, KeyGroups } from './key-groups.js';
import { SuspendedKeys } from './suspended-keys.js';

export interface MemoryCacheSourceArgs {
  readonly lifetimes: CacheLifetimes;
  /** The most entries that are kept; those that were not asked for longest go first. Default 10 000. */
  readonly maxEntries?: number;
  readonly clock?: Clock;
  /** From 0 to below 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Tokens of leases, each another one. Default `randomUUID`. */
  readonly newToken?: () => string;
  /** Who tells of invalidations. Default: nobody, as where another source is behind it that does. */
  readonly telling?: CacheTelling;
}

interface Entry<Value> {
  readonly group: KeyGroup;
  readonly value: Value | null;
  readonly freshUntilMs: number;
  readonly untilMs: number;
}

interface Granted extends CacheLease {
  readonly group: KeyGroup;
  readonly untilMs: number;
}

/** Entries in the memory of this process, which knows of no other one's writes. It freezes the values that it keeps. */
export class MemoryCacheSource<Value> implements CacheSource<string, Value> {
  readonly #lifetimes: Required<CacheLifetimes>;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #newToken: () => string;
  readonly #telling: CacheTelling | null;
  readonly #entries: LRUCache<string, Entry<Value>>;
  // A lease that is dropped for room is one that stores nothing.
  readonly #leases: LRUCache<string, Granted>;
  readonly #groups = new KeyGroups();
  readonly #suspended = new SuspendedKeys();

  constructor(args: MemoryCacheSourceArgs) {
    this.#lifetimes = checkedLifetimes(args.lifetimes);
    this.#clock = args.clock ?? systemClock;
    this.#random = args.random ?? Math.random;
    this.#newToken = args.newToken ?? randomUUID;
    this.#telling = args.telling ?? null;
    const { maxEntries: max = 10_000 } = args;
    const dispose = ({ group }: { readonly group: KeyGroup }): void => this.#groups.leave(group);
    this.#entries = new LRUCache<string, Entry<Value>>({ max, dispose });
    this.#leases = new LRUCache<string, Granted>({ max, dispose });
  }

  textOf(key: string): string {
    return key;
  }

  async get(key: string): Promise<CacheAnswer<Value>> {
    const now = this.#clock.now();
    const entry = this.#entries.get(key);
    const isThere = entry !== undefined && !entry.group.isOver && now < entry.untilMs;
    if (isThere && now < entry.freshUntilMs) return { kind: 'hit', value: entry.value };
    if (entry !== undefined && !isThere) this.#entries.delete(key);
    const isSuspended = this.#suspended.has(key, now) || this.#suspended.has(everyKeyLike(key), now);
    const lease = isSuspended ? null : this.#lease(key, now);
    if (isThere && entry.value !== null) return { kind: 'stale', value: entry.value, lease };
    return lease === null ? missWithoutLease : { kind: 'miss', lease };
  }

  getMany(keys: readonly string[]): Promise<readonly CacheAnswer<Value>[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  async fill(key: string, lease: CacheLease, value: Value | null): Promise<boolean> {
    const now = this.#clock.now();
    const granted = this.#leases.get(key);
    if (granted === undefined || granted.token !== lease.token || !isInForce(granted, now)) return false;
    this.#leases.delete(key);
    const freshMs = freshForMs(this.#lifetimes, value === null, this.#random);
    // What was there is older than what must not be stored.
    if (freshMs === 0) this.#entries.delete(key);
    if (freshMs === 0) return false;
    const staleMs = value === null ? 0 : this.#lifetimes.staleMs;
    const group = this.#groups.join(key);
    freezeDeeply(value);
    this.#entries.set(key, { group, value, freshUntilMs: now + freshMs, untilMs: now + freshMs + staleMs });
    return true;
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    this.#remove(keys);
    this.#telling?.invalidated('invalidate', keys.length, 'delivered');
  }

  async suspend(keys: readonly string[]): Promise<CacheSuspension> {
    this.#remove(keys);
    const end = this.#suspended.add(keys, this.#clock.now(), this.#lifetimes.suspensionMs);
    this.#telling?.invalidated('suspend', keys.length, 'suspended');
    return {
      resume: async () => {
        end();
        this.#remove(keys);
        this.#telling?.invalidated('resume', keys.length, 'delivered');
      },
    };
  }

  /** Forgets all entries, and ends all leases. */
  clear(): void {
    this.#entries.clear();
    this.#leases.clear();
  }

  #remove(keys: readonly string[]): void {
    for (const key of keys) {
      if (isEveryKey(key)) this.#groups.end(key);
      this.#entries.delete(key);
      this.#leases.delete(key);
    }
  }

  #lease(key: string, now: number): CacheLease {
    const granted = this.#leases.get(key);
    if (granted !== undefined && isInForce(granted, now)) return granted;
    const lease = { group: this.#groups.join(key), token: this.#newToken(), untilMs: now + this.#lifetimes.leaseMs };
    this.#leases.set(key, lease);
    return lease;
  }
}

function isInForce({ group, untilMs }: Granted, now: number): boolean {
  return !group.isOver && now < untilMs;
}
