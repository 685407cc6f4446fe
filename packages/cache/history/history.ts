import { setTimeout as delay } from 'node:timers/promises';
import { type CacheSource, invalidating, readThrough } from '@holdfast/cache';
import { Pool } from 'pg';
import { type HistoryMode, longestStaleMs, startMember, type ToldWrite, writing } from './member.js';
import { RedisFaults } from './redis-faults.js';
import { startRedisClusterWorld } from './redis-cluster-world.js';
import { startSingleRedis } from './single-redis.js';

export interface HistoryPlan {
  readonly mode: HistoryMode;
  readonly databaseUrl: string;
  readonly writes: number;
  readonly reads: number;
  readonly keys: number;
  /** Faults of Redis that are to land between the read of the database and the fill. */
  readonly faults: number;
  /** Which; default all that there are. */
  readonly kinds?: readonly string[];
  /** A cluster, and not one server. Default false. */
  readonly isCluster?: boolean;
  /**
   * How old a value may be of which a newer one was acknowledged, by the database and by Redis. 0: no older one is read at
   * all.
   */
  readonly toleranceMs: number;
  readonly random: () => number;
}

export interface HistoryReport {
  readonly acknowledged: number;
  /** Writes that were refused, with nothing written. */
  readonly refused: number;
  readonly reads: number;
  readonly hits: number;
  /** Writes whose end Redis could not be told of before their caller was. */
  readonly untold: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Reads that failed. */
  readonly failed: readonly string[];
  /** Reads of what was older than it may be. */
  readonly stale: number;
  /** Reads of what was older than it may be where Redis could not be told of the newer value. */
  readonly staleUntold: number;
  /** How long the newer value had been acknowledged when the oldest one was asked for. */
  readonly oldestMs: number;
}

const PROCESSES = 3;
const WRITERS = 4;
const READERS = 96;
interface Acknowledged extends ToldWrite {
  readonly atMs: number;
  readonly version: number;
}

/** Writers and readers of a few rows in several processes' caches on one Redis, to which things happen meanwhile. */
export async function runHistory(plan: HistoryPlan): Promise<HistoryReport> {
  const { mode, keys, random } = plan;
  const ids = Array.from({ length: keys }, (_none, at) => `k${at}`);
  const world = plan.isCluster === true ? await startRedisClusterWorld(ids, random) : await startSingleRedis();
  const faults = new RedisFaults(world.faults, random, plan.kinds);
  const pool = new Pool({ connectionString: plan.databaseUrl, max: 16 });
  const table = `cache_history_${Math.floor(random() * 2 ** 40)}`;
  await pool.query(`CREATE TABLE ${table} (id text PRIMARY KEY, version int NOT NULL)`);
  await pool.query(`INSERT INTO ${table} SELECT id, 0 FROM unnest($1::text[]) id`, [ids]);
  const who = { mode, random, isPatient: plan.kinds?.length === 0 };
  const members = await Promise.all(Array.from({ length: PROCESSES }, () => startMember(world, who)));

  const floors = new Map<string, readonly Acknowledged[]>();
  let [writes, acknowledged, refused, untold, reads, loads, struck] = [0, 0, 0, 0, 0, 0, 0];
  let [stale, staleUntold, oldestMs] = [0, 0, 0];
  const failed: string[] = [];
  const anyKey = (): string => ids[Math.floor(random() * keys)]!;
  const anySource = (): CacheSource<string, number> => members[Math.floor(random() * members.length)]!.source;
  const someTime = (): Promise<void> | undefined => (random() < 0.5 ? delay(random() * 4) : undefined);

  async function write(): Promise<void> {
    const key = anyKey();
    try {
      const write: ToldWrite = { isDelivered: false };
      const work = async (): Promise<number> => {
        await someTime();
        const { rows } = await pool.query<{ version: number }>(
          `UPDATE ${table} SET version = version + 1 WHERE id = $1 RETURNING version`,
          [key],
        );
        await someTime();
        return rows[0]!.version;
      };
      const version = await writing.run(write, () => invalidating(anySource(), [key], work));
      acknowledged += 1;
      if (!write.isDelivered) untold += 1;
      const known = floors.get(key) ?? [];
      // A write that Redis hears of later is one that it was not told of, all the same.
      floors.set(key, [...known.slice(-20), { atMs: performance.now(), version, isDelivered: write.isDelivered }]);
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
        if (struck < (plan.faults * reads) / plan.reads && (await faults.strike())) struck += 1;
        await someTime();
        return rows[0]!.version;
      });
      const missed = floor.filter((each) => each.version > version!);
      if (missed.length === 0) return;
      oldestMs = Math.max(oldestMs, startMs - missed[0]!.atMs);
      const isOlder = (than: number, some: readonly Acknowledged[]): boolean =>
        some.some(({ atMs }) => startMs - atMs >= than);
      const told = missed.filter(({ isDelivered }) => isDelivered);
      if (isOlder(plan.toleranceMs, told)) stale += 1;
      else if (isOlder(Math.max(plan.toleranceMs, longestStaleMs), missed)) staleUntold += 1;
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
  await world.stop();
  return {
    ...{ acknowledged, refused, untold, reads, hits: reads - loads },
    ...{ faults: faults.landed, failed, stale, staleUntold, oldestMs },
  };
}
