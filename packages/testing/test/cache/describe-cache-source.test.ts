import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as jest from '@jest/globals';
import {
  CodedCacheSource,
  GuardedCacheSource,
  Invalidations,
  MemoryCacheSource,
  nodeRedisPort,
  RedisCacheSource,
  type RedisPort,
  TwoTierCacheSource,
  valueCodec,
} from '@holdfast/cache';
import { redisIsInstalled, startRedis } from '@holdfast/local-redis';
import { type CacheSourceContract, describeCacheSource, FakeClock } from '@holdfast/testing';
import { createClient } from 'redis';

interface Note {
  readonly at: Date;
}
const numbers = {
  key: (number: number) => `{t}:${number}`,
  value: (number: number): Note => ({ at: new Date(number) }),
};
const clock = new FakeClock();
const patient = { readTimeoutMs: 10_000, writeTimeoutMs: 10_000 };

describeCacheSource(jest, 'entries in memory', {
  ...numbers,
  create: async (lifetimes) => new MemoryCacheSource<Note>({ clock, lifetimes }),
  pass: (ms) => clock.advance(ms),
});

if (redisIsInstalled()) {
  describeCacheSource(
    jest,
    'entries on Redis',
    onRedis(async (texts, lifetimes) => {
      return new GuardedCacheSource(new CodedCacheSource(texts, valueCodec<Note>({ version: 1 })), lifetimes, patient);
    }),
  );
  describeCacheSource(
    jest,
    'entries in memory in front of Redis',
    onRedis(async (texts, lifetimes, redis) => {
      const coded = new CodedCacheSource(texts, valueCodec<Note>({ version: 1 }));
      const invalidations = new Invalidations({ redis, channel: 'invalidations', id: randomUUID() });
      const front = new MemoryCacheSource<Note>({ lifetimes: { ...lifetimes, staleMs: 0 } });
      const both = new TwoTierCacheSource(front, new GuardedCacheSource(coded, lifetimes, patient), invalidations);
      await invalidations.start();
      return both;
    }),
  );
} else process.stderr.write('Left out: cache sources on Redis, whose server is not installed (redis-server).\n');

type Make = (
  texts: RedisCacheSource,
  lifetimes: ConstructorParameters<typeof RedisCacheSource>[0]['lifetimes'],
  redis: RedisPort,
) => ReturnType<CacheSourceContract<string, Note>['create']>;

function onRedis(make: Make): CacheSourceContract<string, Note> {
  let opened: ReturnType<typeof open> | null = null;
  return {
    ...numbers,
    create: async (lifetimes) => {
      const { server, redis } = await (opened ??= open());
      await server.command('FLUSHALL');
      return make(new RedisCacheSource({ redis, lifetimes }), lifetimes, redis);
    },
    pass: (ms) => delay(ms),
    close: async () => {
      const { server, client } = await opened!;
      client.destroy();
      await server.stop();
    },
  };
}

async function open() {
  const server = await startRedis();
  const client = createClient({ url: server.url, disableOfflineQueue: true });
  client.on('error', () => {});
  await client.connect();
  return { server, client, redis: nodeRedisPort(client, { timeoutMs: 10_000, subscriptionPingMs: 10_000 }) };
}
