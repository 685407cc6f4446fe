import { setTimeout as delay } from 'node:timers/promises';
import {
  type CacheSource,
  invalidating,
  nodeRedisPort,
  readThrough,
  RedisCache,
  TwoTierCache,
  valueCodec,
} from '@holdfast/cache';
import { startRedis, startSlowProxy } from '@holdfast/local-redis';
import { Pool } from 'pg';
import { createClient } from 'redis';
import { NaiveCacheSource } from './naive-cache-source.js';
import { RedisFaults, type RedisFaultKind } from './redis-faults.js';

export type HistoryMode = 'naive' | 'bounded' | 'strict' | 'two-tier';

export interface HistoryPlan {
  readonly mode: HistoryMode;
  readonly databaseUrl: string;
  readonly writes: number;
  readonly reads: number;
  readonly keys: number;
  /** Faults of Redis that are to land between the read of the database and the fill. */
  readonly faults: number;
  readonly kinds: readonly RedisFaultKind[];
  /** How old a value may be of which a newer one was acknowledged. 0: no older one is read at all. */
  readonly toleranceMs: number;
  readonly random: () => number;
}

export interface HistoryReport {
  readonly acknowledged: number;
  /** Writes that were refused, with nothing written. */
  readonly refused: number;
  readonly reads: number;
  readonly hits: number;
  readonly faults: ReadonlyMap<RedisFaultKind, number>;
  /** Reads that failed. */
  readonly failed: readonly string[];
  /** Reads of what was older than it may be. */
  readonly stale: number;
  /** How long the newer value had been acknowledged when the oldest one was asked for. */
  readonly oldestMs: number;
}

const PROCESSES = 3;
const WRITERS = 4;
const READERS = 96;
/** Longer than any machine is busy. */
const PATIENCE_MS = 20_000;
const lifetimes = { ttlMs: 800, leaseMs: 200, suspensionMs: 1_000 };

/** The longest that anything can be stale in whatever fault. */
export const longestStaleMs = lifetimes.ttlMs + lifetimes.leaseMs;

/** Writers and readers of a few rows in several processes' caches on one Redis, to which things happen meanwhile. */
export async function runHistory(plan: HistoryPlan): Promise<HistoryReport> {
  const { keys, random } = plan;
  const server = await startRedis();
  const proxy = await startSlowProxy(server);
  const faults = new RedisFaults(server, proxy, random, plan.kinds);
  const pool = new Pool({ connectionString: plan.databaseUrl, max: 16 });
  const table = `cache_history_${Math.floor(random() * 2 ** 40)}`;
  await pool.query(`CREATE TABLE ${table} (id text PRIMARY KEY, version int NOT NULL)`);
  await pool.query(`INSERT INTO ${table} SELECT 'k' || n, 0 FROM generate_series(0, ${keys - 1}) n`);
  const members = await Promise.all(Array.from({ length: PROCESSES }, () => member(plan, proxy.port)));

  const floors = new Map<string, { atMs: number; version: number }[]>();
  let [writes, acknowledged, refused, reads, loads, stale, oldestMs, due] = [0, 0, 0, 0, 0, 0, 0, 0];
  const failed: string[] = [];
  const anyKey = (): string => `k${Math.floor(random() * keys)}`;
  const anySource = (): CacheSource<string, number> => members[Math.floor(random() * members.length)]!.source;
  const someTime = (): Promise<void> | undefined => (random() < 0.5 ? delay(random() * 4) : undefined);

  async function write(): Promise<void> {
    const key = anyKey();
    try {
      const version = await invalidating(anySource(), [key], async () => {
        await someTime();
        const { rows } = await pool.query<{ version: number }>(
          `UPDATE ${table} SET version = version + 1 WHERE id = $1 RETURNING version`,
          [key],
        );
        await someTime();
        return rows[0]!.version;
      });
      acknowledged += 1;
      const known = floors.get(key) ?? [];
      floors.set(key, [...known.slice(-20), { atMs: performance.now(), version }]);
    } catch {
      refused += 1;
    }
  }

  async function read(): Promise<void> {
    const key = anyKey();
    const startMs = performance.now();
    const floor = floors.get(key) ?? [];
    const source = anySource();
    reads += 1;
    try {
      const version = await readThrough(source, key, async () => {
        loads += 1;
        await someTime();
        const { rows } = await pool.query<{ version: number }>(`SELECT version FROM ${table} WHERE id = $1`, [key]);
        // It is between the read of the database and the fill that everything can go wrong.
        if (due < (plan.faults * reads) / plan.reads) {
          due += 1;
          await faults.strike();
        }
        await someTime();
        return rows[0]!.version;
      });
      const missed = floor.find((each) => each.version > version!);
      if (missed === undefined) return;
      const ageMs = startMs - missed.atMs;
      oldestMs = Math.max(oldestMs, ageMs);
      if (ageMs >= plan.toleranceMs) stale += 1;
    } catch (error) {
      failed.push(String(error));
    }
  }

  const writers = Array.from({ length: WRITERS }, async () => {
    while (writes < plan.writes) {
      writes += 1;
      await write();
      // So that they last as long as the reads.
      while (writes / plan.writes > reads / plan.reads + 0.01 && reads < plan.reads) await delay(1);
    }
  });
  const readers = Array.from({ length: READERS }, async () => {
    while (reads < plan.reads) {
      await read();
      if (random() < 0.2) await delay(1);
    }
  });
  await Promise.all([...writers, ...readers]);
  await faults.healed();
  for (const each of members) await each.close();
  await pool.query(`DROP TABLE ${table}`);
  await pool.end();
  await proxy.close();
  await server.stop();
  return { acknowledged, refused, reads, hits: reads - loads, faults: faults.landed, failed, stale, oldestMs };
}

interface Member {
  readonly source: CacheSource<string, number>;
  close(): Promise<void>;
}

/** What a process has: a client, and a cache by it. Nobody who is to see a Redis without faults gives it up for slow. */
async function member({ mode, kinds, random }: HistoryPlan, port: number): Promise<Member> {
  const patience = kinds.length === 0 ? { readTimeoutMs: PATIENCE_MS, writeTimeoutMs: PATIENCE_MS } : {};
  const client = createClient({
    socket: { host: '127.0.0.1', port, reconnectStrategy: () => 10 },
    disableOfflineQueue: true,
  });
  client.on('error', () => {});
  await client.connect();
  const redis = nodeRedisPort(client, kinds.length === 0 ? { timeoutMs: PATIENCE_MS } : {});
  if (mode === 'naive') return { source: new NaiveCacheSource(redis), close: async () => client.destroy() };
  const writes = mode === 'strict' ? 'strict' : 'bounded';
  const cache =
    mode === 'two-tier'
      ? new TwoTierCache({ redis, memoryTtlMs: 100, random })
      : new RedisCache({ redis, writes, random, ...patience });
  if (cache instanceof TwoTierCache) await cache.start();
  const source = cache.source({
    layer: 'history_cache_source',
    entity: 'row',
    keyOf: (id: string) => ({ tenant: null, id }),
    lifetimes,
    codec: valueCodec<number>({ version: 1 }),
  });
  const close = async (): Promise<void> => {
    await cache.close();
    client.destroy();
  };
  return { source, close };
}
