import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as jest from '@jest/globals';
import {
  type CacheDefinition,
  type CacheLifetimes,
  MemoryCacheSource,
  nodeRedisPort,
  RedisCache,
  type RedisPort,
  TwoTierCache,
  valueCodec,
} from '@holdfast/cache';
import { type RedisCluster, redisIsInstalled, startRedis, startRedisCluster } from '@holdfast/local-redis';
import { type CacheSourceContract, describeCacheSource, FakeClock } from '@holdfast/testing';
import { createClient, createCluster } from 'redis';

interface Note {
  readonly at: Date;
}
const numbers = { key: String, value: (number: number): Note => ({ at: new Date(number) }) };
const clock = new FakeClock();
const url = process.env['REDIS_URL'];

describeCacheSource(jest, 'entries in memory', {
  ...numbers,
  create: async (lifetimes) => new MemoryCacheSource<Note>({ clock, lifetimes }),
  pass: (ms) => clock.advance(ms),
});

if (url !== undefined || redisIsInstalled()) {
  describeCacheSource(jest, 'entries on Redis', onRedis(open, inRedis));
  describeCacheSource(jest, 'entries in memory in front of Redis', onRedis(open, inFront));
} else leftOut('neither is its server installed (redis-server), nor does REDIS_URL name one');

if (redisIsInstalled()) {
  describeCacheSource(jest, 'entries on a cluster of Redis', onRedis(openCluster, inRedis));
  describeCacheSource(jest, 'entries in memory in front of a cluster of Redis', onRedis(openCluster, inFront));
} else leftOut('its server is not installed (redis-server), of which a cluster is made');

function leftOut(why: string): void {
  process.stderr.write(`Left out: cache sources on Redis: ${why}.\n`);
}

interface Opened {
  readonly redis: RedisPort;
  close(): Promise<void>;
}

/** Nothing is deleted: the server may be somebody else's. Each case has keys of its own, which end by themselves. */
function onRedis(
  connect: () => Promise<Opened>,
  make: (redis: RedisPort, lifetimes: CacheLifetimes) => Promise<RedisCache>,
): CacheSourceContract<string, Note> {
  let opened: Promise<Opened> | null = null;
  const caches: RedisCache[] = [];
  return {
    ...numbers,
    create: async (lifetimes) => {
      const { redis } = await (opened ??= connect());
      const cache = await make(redis, lifetimes);
      caches.push(cache);
      return cache.source(notes(lifetimes));
    },
    pass: (ms) => delay(ms),
    close: async () => {
      for (const cache of caches) await cache.close();
      await (await opened)?.close();
    },
  };
}

const patient = { readTimeoutMs: 10_000, writeTimeoutMs: 10_000 };

async function inRedis(redis: RedisPort): Promise<RedisCache> {
  return new RedisCache({ redis, prefix: randomUUID(), ...patient });
}

async function inFront(redis: RedisPort, { ttlMs }: CacheLifetimes): Promise<RedisCache> {
  const cache = new TwoTierCache({ redis, prefix: randomUUID(), memoryTtlMs: ttlMs, ...patient });
  await cache.start();
  return cache;
}

/** Those of a cluster lie on different nodes: each has a tenant of its own, or belongs to nobody. */
function notes(lifetimes: CacheLifetimes): CacheDefinition<string, Note> {
  return {
    layer: 'note_cache_source',
    entity: 'note',
    keyOf: (id) => ({ tenant: Number(id) % 2 === 0 ? id : null, id }),
    lifetimes,
    codec: valueCodec<Note>({ version: 1 }),
  };
}

const portOptions = { timeoutMs: 10_000, subscriptionPingMs: 10_000 };

async function open(): Promise<Opened> {
  const server = url === undefined ? await startRedis() : null;
  const client = createClient({ url: url ?? server!.url, disableOfflineQueue: true });
  client.on('error', () => {});
  await client.connect();
  const close = async (): Promise<void> => {
    client.destroy();
    await server?.stop();
  };
  return { redis: nodeRedisPort(client, portOptions), close };
}

let cluster: Promise<RedisCluster> | null = null;
jest.afterAll(async () => (await cluster)?.stop());

async function openCluster(): Promise<Opened> {
  cluster ??= startRedisCluster();
  const { nodes } = await cluster;
  const client = createCluster({
    rootNodes: nodes.map((node) => ({ url: node.url })),
    defaults: { disableOfflineQueue: true },
  });
  client.on('error', () => {});
  await client.connect();
  return { redis: nodeRedisPort(client, portOptions), close: async () => client.destroy() };
}
