import {
  CacheTelling,
  type CacheLease,
  type CacheSource,
  type GuardArgs,
  GuardedCacheSource,
  MemoryCacheSource,
} from '../src/index.js';
import { ManualClock } from './manual-clock.js';

/** A server that can be taken away: refusing, or saying nothing; what it was asked meanwhile it never did. */
class Server implements CacheSource<string, string> {
  state: 'up' | 'refusing' | 'silent' = 'up';
  /** What it cannot be asked about: keys of a slot. */
  lost: string | null = null;
  readonly asked: string[] = [];
  readonly memory: MemoryCacheSource<string>;

  constructor(clock: ManualClock) {
    this.memory = new MemoryCacheSource({ clock, lifetimes });
  }

  textOf = (key: string): string => key;
  get: CacheSource<string, string>['get'] = (key) => this.#ask(`get ${key}`, () => this.memory.get(key));
  getMany: CacheSource<string, string>['getMany'] = (keys) =>
    this.#ask(`getMany ${keys.join()}`, () => this.memory.getMany(keys));
  fill: CacheSource<string, string>['fill'] = (key, lease, value) =>
    this.#ask(`fill ${key}`, () => this.memory.fill(key, lease, value));
  invalidate: CacheSource<string, string>['invalidate'] = (keys) =>
    this.#ask(`invalidate ${keys.join()}`, () => this.memory.invalidate(keys));
  suspend: CacheSource<string, string>['suspend'] = (keys) =>
    this.#ask(`suspend ${keys.join()}`, async () => {
      const suspension = await this.memory.suspend(keys);
      return { resume: () => this.#ask(`resume ${keys.join()}`, () => suspension.resume()) };
    });

  #ask<Answer>(what: string, answer: () => Promise<Answer>): Promise<Answer> {
    this.asked.push(what);
    if (this.lost !== null && what.includes(this.lost)) return Promise.reject(new Error('ECONNREFUSED'));
    if (this.state === 'silent') return new Promise(() => {});
    return this.state === 'up' ? answer() : Promise.reject(new Error('ECONNREFUSED'));
  }
}

const lifetimes = { ttlMs: 60_000, leaseMs: 1_000, suspensionMs: 5_000, jitter: 0 };

export function guarded(args: GuardArgs = {}) {
  const clock = new ManualClock();
  const server = new Server(clock);
  const telling = new CacheTelling('agent_cache_source');
  const cache = new GuardedCacheSource(server, lifetimes, { clock, random: () => 1, ...args }, telling);
  const store = async (key: string, value: string): Promise<void> => {
    const { lease } = (await cache.get(key)) as { lease: CacheLease };
    await cache.fill(key, lease, value);
  };
  return { clock, server, cache, store };
}
export const keyOf = (at: number, tenant = 'team'): string => `holdfast:{${tenant}}:note:${at}`;
export const untrusted = { kind: 'miss', lease: null };
