import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CacheUnavailable,
  type EntityCacheSource,
  invalidating,
  invalidatingAll,
  readManyThrough,
  readThrough,
  RedisCache,
  type RedisCacheArgs,
  type RedisPort,
  valueCodec,
} from '@holdfast/cache';
import { Misuse } from '@holdfast/errors';
import { type RedisCluster, startRedisCluster } from '@holdfast/local-redis';
import { CircuitBreakerPolicy } from '@holdfast/resilience';
import { GatedReads } from '../gate.js';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { type ConnectedPort, redisClusterClients } from './fixture/redis-clients.js';

const SHARDS = 16;
const ids = Array.from({ length: 100 }, (_none, at) => `row-${at}`);
const patient = { readTimeoutMs: 20_000, writeTimeoutMs: 20_000 };
const untrusted = { kind: 'miss', lease: null };

/** A table, all of whose rows are changed at once. */
class Table {
  version = 0;
  reads = 0;

  readonly load = async (): Promise<number> => {
    this.reads += 1;
    return this.version;
  };

  readonly write = async (): Promise<void> => {
    this.version += 1;
  };
}

describeRedis('rows that belong to no tenant, on a cluster of Redis', () => {
  let cluster: RedisCluster;
  let clients: ConnectedPort[];
  let caches: RedisCache[];
  let table: Table;

  beforeAll(async () => {
    cluster = await startRedisCluster();
    const ports = cluster.nodes.map(({ port }) => port);
    clients = await Promise.all(redisClusterClients.map(([, connect]) => connect(ports, { timeoutMs: 20_000 })));
  }, 40_000);
  afterAll(async () => {
    for (const client of clients) client.close();
    await cluster.stop();
  });
  beforeEach(async () => {
    for (const node of cluster.nodes) await node.command('FLUSHALL');
    caches = [];
    table = new Table();
  });
  afterEach(async () => {
    for (const cache of caches) await cache.close();
  });

  /** What a process has. */
  function sourceOf(
    redis: RedisPort,
    args: Omit<RedisCacheArgs, 'redis'> = {},
    suspensionMs = 600_000,
  ): EntityCacheSource<string, number> {
    // Nobody is kept from the nodes that are there.
    const breaker = new CircuitBreakerPolicy({ opensAfter: { consecutiveFailures: 1_000_000 } });
    const cache = new RedisCache({ redis, breaker, ...patient, ...args });
    caches.push(cache);
    return cache.source({
      layer: 'row_cache_source',
      entity: 'row',
      keyOf: (id: string) => ({ tenant: null, id }),
      lifetimes: { ttlMs: 600_000, suspensionMs },
      codec: valueCodec<number>({ version: 1 }),
    });
  }

  const readAll = (source: EntityCacheSource<string, number>, some: readonly string[] = ids) =>
    Promise.all(some.map((id) => readThrough(source, id, table.load)));

  /** A port that notes the scripts that are run, and how many were on their way before the first was answered. */
  function noting(redis: RedisPort): { readonly port: RedisPort; taken(): readonly [string, number, number][] } {
    let runs: { name: string; asked: number; atOnce: number; answered: boolean }[] = [];
    const evalScript: RedisPort['evalScript'] = async (script, keys, args) => {
      let run = runs.find(({ name }) => name === script.name);
      if (run === undefined) runs.push((run = { name: script.name, asked: 0, atOnce: 0, answered: false }));
      run.asked += 1;
      if (!run.answered) run.atOnce += 1;
      const answer = await redis.evalScript(script, keys, args);
      run.answered = true;
      return answer;
    };
    const taken = (): readonly [string, number, number][] => {
      const all = runs.map(({ name, asked, atOnce }) => [name, asked, atOnce] as [string, number, number]);
      runs = [];
      return all;
    };
    return { port: { ...redis, evalScript }, taken };
  }

  async function nodeOf(source: EntityCacheSource<string, number>, id: string): Promise<number> {
    const slot = Number(await cluster.nodes[0]!.command('CLUSTER', 'KEYSLOT', source.textOf(id)));
    return Math.floor((slot * cluster.nodes.length) / 16_384);
  }

  it('lie on all of its nodes', async () => {
    const source = sourceOf(clients[0]!.port);
    await readAll(source);
    for (const node of cluster.nodes) {
      const keys = (await node.command('KEYS', '*:row-*')) as readonly string[];
      expect(keys.length).toBeGreaterThan(0);
    }
    expect(new Set(ids.map((id) => source.textOf(id).replace(/\}.*/, ''))).size).toBe(SHARDS);
    await readAll(source);
    expect(table.reads).toBe(ids.length);
  });

  it('are read in one script for a hit, and in one for each shard for many; a batch by a condition takes two for each', async () => {
    const { port, taken } = noting(clients[0]!.port);
    const source = sourceOf(port);
    await readAll(source);
    taken();
    await readThrough(source, ids[0]!, table.load);
    expect(taken()).toEqual([['cache-read', 1, 1]]);
    await readManyThrough(source, ids, () => Promise.reject(new Error('All of them are there.')));
    expect(taken()).toEqual([['cache-read', SHARDS, SHARDS]]);
    await invalidating(source, [ids[0]!], table.write);
    expect(taken()).toEqual([
      ['cache-suspend', 1, 1],
      ['cache-resume', 1, 1],
    ]);
    await invalidatingAll(source, null, table.write);
    expect(taken()).toEqual([
      ['cache-suspend', SHARDS, SHARDS],
      ['cache-resume', SHARDS, SHARDS],
    ]);
    // Of one server, or where it is said so, everything is told at once.
    const one = sourceOf({ ...port, isCluster: false });
    await invalidatingAll(one, null, table.write);
    await invalidatingAll(sourceOf(port, { shards: 1 }), null, table.write);
    expect(taken().map(([, asked]) => asked)).toEqual([2, 2]);
  });

  it.each([0, 1.5, -1, 1_025, NaN])('do not lie in %s shards', (shards) => {
    expect(() => sourceOf(clients[0]!.port, { shards })).toThrow(Misuse);
  });

  describe.each(redisClusterClients.map(([name], at) => [name, at] as const))('by %s', (_name, at) => {
    it('are not stored where they were read before a batch by a condition, on whatever node', async () => {
      const [source, other] = [sourceOf(clients[at]!.port), sourceOf(clients[0]!.port)];
      const reads = ids.map(() => new GatedReads<number>());
      const reading = Promise.all(ids.map((id, row) => readThrough(source, id, reads[row]!.load)));
      await Promise.all(reads.map((each) => each.begun(1)));
      let during: readonly (number | null)[] = [];
      await invalidatingAll(other, null, async () => {
        for (const each of reads.slice(50)) each.reads[0]!.open(table.version);
        expect(await source.getMany(ids)).toEqual(ids.map(() => untrusted));
        during = await readAll(source, ids.slice(50));
        await table.write();
      });
      for (const each of reads.slice(0, 50)) each.reads[0]!.open(0);
      await reading;

      expect(during).toEqual(ids.slice(50).map(() => 0));
      expect(await readAll(source)).toEqual(ids.map(() => 1));
      expect(await readAll(other)).toEqual(ids.map(() => 1));
    });
  });

  it('are never older than a batch by a condition that is over, however many read meanwhile', async () => {
    const sources = clients.map(({ port }) => sourceOf(port));
    let isOver = false;
    let hits = 0;
    const reader = async (_none: unknown, number: number): Promise<void> => {
      for (let turn = number; !isOver; turn += 7) {
        const atLeast = told;
        const reads = table.reads;
        const seen = await readThrough(sources[turn % sources.length]!, ids[turn % ids.length]!, async () => {
          const version = await table.load();
          await clients[0]!.port.ping();
          return version;
        });
        if (reads === table.reads) hits += 1;
        expect(seen).toBeGreaterThanOrEqual(atLeast);
      }
    };
    let told = 0;
    const readers = Promise.all(Array.from({ length: 24 }, reader));
    try {
      for (let batch = 0; batch < 12; batch += 1) {
        const hitsBefore = hits;
        await invalidatingAll(sources[batch % sources.length]!, null, table.write);
        told = table.version;
        // Each is of entries that were there.
        await Promise.race([readers, eventually(() => hits > hitsBefore)]);
      }
    } finally {
      isOver = true;
      await readers;
    }
  });

  describe('one of whose nodes stands still', () => {
    let theirs: readonly string[];
    let others: readonly string[];
    const impatient = { readTimeoutMs: 500, writeTimeoutMs: 500 };

    /** All rows are cached; then the second node says nothing. */
    async function stopped(args: Omit<RedisCacheArgs, 'redis'>): Promise<EntityCacheSource<string, number>> {
      // A node that was told while it stood still suspends when it goes on, and nobody ends that.
      const source = sourceOf(clients[0]!.port, { ...impatient, ...args }, 3_000);
      const nodes = await Promise.all(ids.map((id) => nodeOf(source, id)));
      theirs = ids.filter((_id, at) => nodes[at] === 1).slice(0, 5);
      others = ids.filter((_id, at) => nodes[at] !== 1);
      await eventually(async () => {
        const answers = await source.getMany(ids);
        await readAll(source);
        return answers.every(({ kind }) => kind === 'hit');
      });
      await cluster.nodes[1]!.pause();
      return source;
    }

    it('are what a batch by a condition has made of them: on others from the cache, there from the database', async () => {
      const source = await stopped({});
      try {
        await invalidatingAll(source, null, table.write);
        // What was told is used again, while the rest is still to be told.
        await eventually(async () => {
          expect(await readAll(source, others)).toEqual(others.map(() => 1));
          return (await source.getMany(others)).every(({ kind }) => kind === 'hit');
        });
        expect(await readAll(source, theirs)).toEqual(theirs.map(() => 1));
        expect(await source.getMany(theirs)).toEqual(theirs.map(() => untrusted));
      } finally {
        cluster.nodes[1]!.resume();
      }
      // Until that node was told, and after it.
      await eventually(async () => {
        expect(await readAll(source)).toEqual(ids.map(() => 1));
        return (await source.getMany(theirs)).every(({ kind }) => kind === 'hit');
      });
      expect(await readAll(sourceOf(clients[1]!.port))).toEqual(ids.map(() => 1));
    });

    it('are not written by a condition where writes are strict, and are cached on the others as before', async () => {
      const source = await stopped({ writes: 'strict' });
      try {
        await expect(invalidatingAll(source, null, table.write)).rejects.toBeInstanceOf(CacheUnavailable);
        expect(table.version).toBe(0);
        await eventually(async () => {
          await readAll(source, others);
          const answers = await source.getMany(ids);
          return ids.every((id, at) => !others.includes(id) || answers[at]!.kind === 'hit');
        });
      } finally {
        cluster.nodes[1]!.resume();
      }
      await eventually(() => invalidatingAll(source, null, table.write).then(...yesOrNo));
      expect(await readAll(sourceOf(clients[1]!.port))).toEqual(ids.map(() => 1));
    });
  });
});

const yesOrNo = [() => true, () => false] as const;
