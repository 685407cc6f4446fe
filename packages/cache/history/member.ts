import { AsyncLocalStorage } from 'node:async_hooks';
import { type CacheSource, type RedisPort, RedisCache, TwoTierCache, valueCodec } from '@holdfast/cache';
import { CircuitBreakerPolicy } from '@holdfast/resilience';
import { NaiveCacheSource } from './naive-cache-source.js';
import type { RedisWorld } from './redis-world.js';

export type HistoryMode = 'naive' | 'bounded' | 'strict' | 'two-tier';

/** What a process has: a client, and a cache by it. */
export interface Member {
  readonly source: CacheSource<string, number>;
  close(): Promise<void>;
}

const lifetimes = { ttlMs: 800, leaseMs: 200, suspensionMs: 1_000 };

/** The longest that anything can be stale in whatever fault. */
export const longestStaleMs = lifetimes.ttlMs + lifetimes.leaseMs;

/** Longer than any machine is busy. */
const PATIENCE_MS = 20_000;

/** A write, and whether Redis has acknowledged that it was told of its end. */
export interface ToldWrite {
  isDelivered: boolean;
}

/** The write that is under way. */
export const writing = new AsyncLocalStorage<ToldWrite>();

export interface MemberArgs {
  readonly mode: HistoryMode;
  readonly random: () => number;
  /** To whom no fault is to happen does not take Redis for silent where the machine is busy. */
  readonly isPatient: boolean;
}

export async function startMember(world: RedisWorld, { mode, random, isPatient }: MemberArgs): Promise<Member> {
  const client = await world.connect(isPatient ? { timeoutMs: PATIENCE_MS } : {});
  const redis = watched(client.redis);
  if (mode === 'naive') return { source: new NaiveCacheSource(redis), close: async () => client.close() };
  const patience = isPatient ? { readTimeoutMs: PATIENCE_MS, writeTimeoutMs: PATIENCE_MS } : {};
  // Otherwise the caches would be left alone for most of a history.
  const breaker = new CircuitBreakerPolicy({ label: 'cache', openMs: 50, countsAsFailure: () => true });
  const writes = mode === 'strict' ? 'strict' : 'bounded';
  const cache =
    mode === 'two-tier'
      ? new TwoTierCache({ redis, memoryTtlMs: 100, random, breaker })
      : new RedisCache({ redis, writes, random, breaker, ...patience });
  if (cache instanceof TwoTierCache) await cache.start();
  const source = cache.source({
    layer: 'history_cache_source',
    entity: 'row',
    keyOf: (id: string) => ({ tenant: id, id }),
    lifetimes,
    codec: valueCodec<number>({ version: 1 }),
  });
  const close = async (): Promise<void> => {
    await cache.close();
    client.close();
  };
  return { source, close };
}

/** A port that notes of writes that Redis was told of their end. */
function watched(redis: RedisPort): RedisPort {
  const evalScript: RedisPort['evalScript'] = async (script, keys, args) => {
    const write = writing.getStore();
    const answer = await redis.evalScript(script, keys, args);
    if (write !== undefined && ends.has(script.name)) write.isDelivered = true;
    return answer;
  };
  const del: RedisPort['del'] = async (keys) => {
    const write = writing.getStore();
    const count = await redis.del(keys);
    if (write !== undefined) write.isDelivered = true;
    return count;
  };
  return { ...redis, evalScript, del };
}

const ends = new Set(['cache-resume', 'cache-invalidate']);
