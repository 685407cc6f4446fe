import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  type CacheSource,
  invalidating,
  readThrough,
  type RedisListener,
  type RedisPort,
  TwoTierCache,
  valueCodec,
} from '@holdfast/cache';
import { type RedisServer, startRedis } from '@holdfast/local-redis';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { type ConnectedPort, redisClients } from './fixture/redis-clients.js';

const connect = redisClients[0]![1];

/** Counts what reaches the server, and lets a test say that messages are missed. */
function watched(redis: RedisPort) {
  const scripts: string[] = [];
  const listeners: RedisListener[] = [];
  const subscribe: RedisPort['subscribe'] = (channel, listener) => {
    listeners.push(listener);
    return redis.subscribe(channel, listener);
  };
  const evalScript: RedisPort['evalScript'] = (script, keys, args) => {
    scripts.push(script.name);
    return redis.evalScript(script, keys, args);
  };
  return { redis: { ...redis, evalScript, subscribe }, scripts, listeners };
}

describeRedis('memory in front of Redis', () => {
  let server: RedisServer;
  let database: Map<string, string>;
  let clients: ConnectedPort[];
  let caches: TwoTierCache[];

  beforeAll(async () => void (server = await startRedis()));
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.command('FLUSHALL');
    database = new Map([['a', 'first']]);
    clients = [];
    caches = [];
  });
  afterEach(async () => {
    for (const cache of caches) await cache.close();
    for (const client of clients) client.close();
  });

  async function started() {
    const client = await connect([server.port], { timeoutMs: 10_000, subscriptionPingMs: 10_000 });
    clients.push(client);
    const { redis, scripts, listeners } = watched(client.port);
    const cache = new TwoTierCache({ redis, memoryTtlMs: 3_600_000, readTimeoutMs: 10_000, writeTimeoutMs: 10_000 });
    caches.push(cache);
    await cache.start();
    const source: CacheSource<string, string> = cache.source({
      layer: 'note_cache_source',
      entity: 'note',
      keyOf: (id: string) => ({ tenant: 'team', id }),
      lifetimes: { ttlMs: 3_600_000 },
      codec: valueCodec<string>({ version: 1 }),
    });
    return {
      scripts,
      listener: listeners[0]!,
      get: (id: string) => readThrough(source, id, async () => database.get(id) ?? null),
      set: (id: string, text: string) => invalidating(source, [id], async () => void database.set(id, text)),
    };
  }

  it('is closed where its start has failed, or is still failing', async () => {
    const client = await connect([server.port]);
    clients.push(client);
    const subscribe: RedisPort['subscribe'] = () => Promise.reject(new Error('ECONNREFUSED'));
    const cache = new TwoTierCache({ redis: { ...client.port, subscribe } });
    const starting = cache.start();
    const closing = cache.close();
    await expect(starting).rejects.toThrow('ECONNREFUSED');
    expect([await closing, await cache.close()]).toEqual([0, 0]);
  });

  it('asks the server once for what it then has', async () => {
    const one = await started();
    const other = await started();
    await one.get('a');
    for (let times = 0; times < 3; times += 1) expect(await other.get('a')).toBe('first');
    expect(await one.get('a')).toBe('first');

    expect(one.scripts).toEqual(['cache-read', 'cache-fill']);
    expect(other.scripts).toEqual(['cache-read']);
  });

  it('hears what others have written', async () => {
    const one = await started();
    const other = await started();
    for (let version = 0; version < 20; version += 1) {
      await one.get('a');
      await other.set('a', `version ${version}`);
      expect(await other.get('a')).toBe(`version ${version}`);
      await eventually(async () => (await one.get('a')) === `version ${version}`);
    }
  });

  it('never has what it has itself written over, however many read meanwhile', async () => {
    const one = await started();
    let latest = 0;
    let isOver = false;
    const reading = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const oldest = latest;
        const seen = Number((await one.get('b')) ?? 0);
        expect(seen).toBeGreaterThanOrEqual(oldest);
      }
    });
    for (let version = 1; version <= 200; version += 1) {
      await one.set('b', String(version));
      latest = version;
    }
    isOver = true;
    await Promise.all(reading);
  });

  it('uses no memory while messages are missed, and nothing that it had before', async () => {
    const one = await started();
    const other = await started();
    await one.get('a');
    one.listener.lost();
    await other.set('a', 'second');
    expect([await one.get('a'), await one.get('a')]).toEqual(['second', 'second']);
    const scripts = one.scripts.length;
    await one.get('a');
    expect(one.scripts).toHaveLength(scripts + 1);
    one.listener.restored();
    await one.get('a');
    await one.get('a');
    expect(one.scripts).toHaveLength(scripts + 2);
  });

  it('forgets what it had when it understands a message not at all', async () => {
    const one = await started();
    await one.get('a');
    database.set('a', 'second');
    await server.command('DEL', 'holdfast:{team}:note:a');
    for (const message of ['', '{}', '7', '{"from":"x","keys":7}']) one.listener.message(message);

    expect(await one.get('a')).toBe('second');
  });

  it('goes on when its server is lost, and forgets what it had', async () => {
    const one = await started();
    await one.get('a');
    await server.kill();
    await eventually(async () => {
      const before = one.scripts.length;
      await one.get('a');
      return one.scripts.length > before;
    });
    database.set('a', 'second');
    await server.restart();
    await eventually(async () => {
      const before = one.scripts.length;
      expect(await one.get('a')).toBe('second');
      return one.scripts.length === before;
    });
  });
});
