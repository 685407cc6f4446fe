import { randomUUID } from 'node:crypto';
import { type CacheAnswer, type CacheLease, missWithoutLease } from '../cache-answer.js';
import { type CacheLifetimes, checkedLifetimes, freshForMs } from '../cache-lifetimes.js';
import type { CacheSource, CacheSuspension } from '../cache-source.js';
import { bySlot } from '../key/by-slot.js';
import { everyKeyLike } from '../key/cache-key.js';
import { fillEntry, invalidateEntries, readEntries, resumeEntries, suspendEntries } from './cache-scripts.js';
import type { RedisPort } from './redis-port.js';
import type { RedisScript } from './redis-script.js';

export interface RedisCacheSourceArgs {
  readonly redis: RedisPort;
  readonly lifetimes: CacheLifetimes;
  /** Makes the message by which other processes are told which keys were invalidated. Default: they are not told. */
  readonly announcement?: { readonly channel: string; message(keys: readonly string[]): string } | undefined;
  /** From 0 to below 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Tokens of leases and suspensions, none of which may come twice. Default `randomUUID`. */
  readonly newToken?: () => string;
}

/** Entries in Redis or Valkey. It does what it is asked, or throws what its client threw: `GuardedCacheSource` is around it. */
export class RedisCacheSource implements CacheSource<string, string> {
  readonly #args: RedisCacheSourceArgs;
  readonly #lifetimes: Required<CacheLifetimes>;
  readonly #random: () => number;
  readonly #newToken: () => string;

  constructor(args: RedisCacheSourceArgs) {
    this.#args = args;
    this.#lifetimes = checkedLifetimes(args.lifetimes);
    this.#random = args.random ?? Math.random;
    this.#newToken = args.newToken ?? randomUUID;
  }

  textOf(key: string): string {
    return key;
  }

  async get(key: string): Promise<CacheAnswer<string>> {
    return (await this.#read([key]))[0]!;
  }

  async getMany(keys: readonly string[]): Promise<readonly CacheAnswer<string>[]> {
    const runs = bySlot(keys).map(async (some) => {
      const answers = await this.#read(some);
      return some.map((key, at) => [key, answers[at]!] as const);
    });
    const answers = new Map((await Promise.all(runs)).flat());
    return keys.map((key) => answers.get(key)!);
  }

  async fill(key: string, lease: CacheLease, value: string | null): Promise<boolean> {
    const freshMs = freshForMs(this.#lifetimes, value === null, this.#random);
    const keptMs = value === null ? freshMs : freshMs + this.#lifetimes.staleMs;
    const args = [lease.token, value === null ? 'n' : `v${value}`, String(keptMs)];
    const [entry, granted] = keysOf(key);
    return (await this.#args.redis.evalScript(fillEntry, [entry, granted, everyKeyLike(key)], args)) === 1;
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    await this.#each(invalidateEntries, keys, (key) => keysOf(key).slice(0, 2));
  }

  async suspend(keys: readonly string[], begun?: (suspension: CacheSuspension) => void): Promise<CacheSuspension> {
    const token = this.#newToken();
    const suspension = { resume: () => this.#each(resumeEntries, keys, keysOf, [token]) };
    begun?.(suspension);
    await this.#each(suspendEntries, keys, keysOf, [token, String(this.#lifetimes.suspensionMs)]);
    return suspension;
  }

  /** Of keys that lie in one slot. */
  async #read(keys: readonly string[]): Promise<readonly CacheAnswer<string>[]> {
    const { leaseMs, staleMs } = this.#lifetimes;
    const args = [this.#newToken(), String(leaseMs), String(staleMs)];
    const entries = (await this.#args.redis.evalScript(readEntries, keys.flatMap(readKeysOf), args)) as readonly Read[];
    return entries.map((entry) => answerOf(entry, staleMs));
  }

  /** Runs a script for all keys: once for those that lie in one slot. */
  async #each(
    script: RedisScript,
    keys: readonly string[],
    namesOf: (key: string) => readonly string[],
    args: readonly string[] = [],
  ): Promise<void> {
    const { redis, announcement } = this.#args;
    const runs = bySlot(keys).map((some) => {
      const telling = announcement === undefined ? ['', ''] : [announcement.channel, announcement.message(some)];
      return redis.evalScript(script, some.flatMap(namesOf), [...telling, ...args]);
    });
    // All of them are tried, whatever becomes of the first.
    const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason as Error;
  }
}

type Read = readonly [value: string | null, left: number, token: string | null];

function answerOf([value, left, token]: Read, staleMs: number): CacheAnswer<string> {
  const lease: CacheLease | null = token === null ? null : { token };
  if (value === 'n') return { kind: 'hit', value: null };
  if (value === null) return lease === null ? missWithoutLease : { kind: 'miss', lease };
  const kind = left > staleMs ? 'hit' : 'stale';
  return kind === 'hit' ? { kind, value: value.slice(1) } : { kind, value: value.slice(1), lease };
}

/** A sharp is never left as it is in a key. */
function keysOf(key: string): readonly [entry: string, lease: string, suspended: string] {
  return [key, `${key}#lease`, `${key}#suspended`];
}

/** And what stands for all entries like it. */
function readKeysOf(key: string): readonly string[] {
  const [every, , suspended] = keysOf(everyKeyLike(key));
  return [...keysOf(key), every, suspended];
}
