import { describe, expect, it } from '@jest/globals';
import {
  type Cache,
  type CacheLease,
  type EntityCacheSource,
  invalidatingAll,
  MemoryCache,
  nodeRedisPort,
  readThrough,
  RedisCache,
  TwoTierCache,
  valueCodec,
} from '@holdfast/cache';
import { startRedis } from '@holdfast/local-redis';
import { Misuse } from '@holdfast/errors';
import { createClient } from 'redis';
import { describeRedis } from './redis/fixture/describe-redis.js';

interface Key {
  readonly tenant: string | null;
  readonly id: string;
}

type Source = EntityCacheSource<Key, string>;

const sourceOf = (cache: Cache, entity = 'note'): Source =>
  cache.source<Key, string>({
    layer: 'note_cache_source',
    entity,
    keyOf: (key) => key,
    lifetimes: { ttlMs: 60_000 },
    codec: valueCodec({ version: 1 }),
  });

const [a, b] = [
  { tenant: 'red', id: 'a' },
  { tenant: 'red', id: 'b' },
];
const theirs = { tenant: 'blue', id: 'a' };
const nobodys = { tenant: null, id: 'a' };

async function leaseOf(source: Source, key: Key): Promise<CacheLease> {
  const answer = await source.get(key);
  if (answer.kind !== 'miss' || answer.lease === null) throw new Error(`It was ${JSON.stringify(answer)}.`);
  return answer.lease;
}

async function keepsToIt(cache: Cache): Promise<void> {
  const source = sourceOf(cache);
  const others = sourceOf(cache, 'note-draft');
  for (const [each, key] of [
    [source, a],
    [source, theirs],
    [source, nobodys],
    [others, a],
  ] as const) {
    await readThrough(each, key, async () => 'old');
  }
  const lease = await leaseOf(source, b);

  const suspension = await source.suspendAll('red');
  // What was there is gone, what was read before is not stored, and nothing is while the write is under way.
  expect(await source.get(a)).toEqual({ kind: 'miss', lease: null });
  expect(await source.fill(b, lease, 'old')).toBe(false);
  expect(await source.get(b)).toEqual({ kind: 'miss', lease: null });
  const one = await source.suspend([a]);
  await suspension.resume();
  expect(await source.get(a)).toEqual({ kind: 'miss', lease: null });
  await one.resume();

  expect(await source.fill(b, lease, 'old')).toBe(false);
  await readThrough(source, b, async () => 'new');
  expect(await source.get(b)).toEqual({ kind: 'hit', value: 'new' });
  // Those of others stay.
  for (const [each, key] of [
    [source, theirs],
    [source, nobodys],
    [others, a],
  ] as const) {
    expect(await each.get(key)).toEqual({ kind: 'hit', value: 'old' });
  }
  const written = await invalidatingAll(source, null, async () => {
    expect(await source.get(nobodys)).toEqual({ kind: 'miss', lease: null });
    return 7;
  });
  expect(written).toBe(7);
  expect(await source.get(theirs)).toEqual({ kind: 'hit', value: 'old' });
}

describe('all keys of a tenant', () => {
  it('are suspended at once in memory, and no others', async () => {
    await keepsToIt(new MemoryCache());
  });

  it('are those of all repositories that have the cache', () => {
    const cache = new MemoryCache();
    expect(sourceOf(cache)).toBe(sourceOf(cache));
  });

  it('are those of an entity that is a name', () => {
    expect(() => sourceOf(new MemoryCache(), 'note:draft').textOf(a)).toThrow(Misuse);
  });
});

describeRedis('all keys of a tenant on Redis', () => {
  it.each([
    ['RedisCache', (client: ReturnType<typeof createClient>) => new RedisCache({ redis: nodeRedisPort(client) })],
    ['TwoTierCache', (client: ReturnType<typeof createClient>) => new TwoTierCache({ redis: nodeRedisPort(client) })],
  ])('are suspended at once, and no others: %s', async (_name, cacheOf) => {
    const server = await startRedis();
    const client = createClient({ socket: { host: '127.0.0.1', port: server.port }, disableOfflineQueue: true });
    client.on('error', () => {});
    await client.connect();
    const cache = cacheOf(client as never);
    if (cache instanceof TwoTierCache) await cache.start();
    try {
      await keepsToIt(cache);
      // What they are of is not kept for longer than they are.
      const left = (await server.command('PTTL', 'holdfast:{blue}:note:*')) as number;
      expect(left).toBeGreaterThanOrEqual((await server.command('PTTL', 'holdfast:{blue}:note:a')) as number);
    } finally {
      await cache.close();
      client.destroy();
      await server.stop();
    }
  });
});
