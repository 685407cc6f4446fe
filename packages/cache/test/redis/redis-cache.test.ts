import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  CacheUnavailable,
  type CacheSource,
  invalidating,
  readThrough,
  RedisCache,
  type RedisPort,
  valueCodec,
} from '@holdfast/cache';
import { type RedisServer, type SlowProxy, startRedis, startSlowProxy } from '@holdfast/local-redis';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { type ConnectedPort, redisClients } from './fixture/redis-clients.js';

const connect = redisClients[0]![1];

/** Where a test asks what the server was, or was not, asked for, it must have had the time to answer. */
const patient = { readTimeoutMs: 10_000, writeTimeoutMs: 10_000 };

/** A repository over a database that is a map; each has a cache of its own, as each process does. */
class Process {
  reads = 0;
  readonly source: CacheSource<string, { readonly text: string }>;

  constructor(
    readonly cache: RedisCache,
    readonly database: Map<string, string>,
  ) {
    this.source = cache.source({
      layer: 'note_cache_source',
      entity: 'note',
      keyOf: (id: string) => ({ tenant: 'team', id }),
      lifetimes: { ttlMs: 60_000 },
      codec: valueCodec<{ readonly text: string }>({ version: 1 }),
    });
  }

  async get(id: string): Promise<string | null> {
    const note = await readThrough(this.source, id, async () => {
      this.reads += 1;
      const text = this.database.get(id);
      return text === undefined ? null : { text };
    });
    return note?.text ?? null;
  }

  async set(id: string, text: string): Promise<void> {
    await invalidating(this.source, [id], async () => void this.database.set(id, text));
  }
}

describeRedis('a repository that reads through Redis', () => {
  let server: RedisServer;
  let proxy: SlowProxy;
  let clients: ConnectedPort[];
  let redis: RedisPort;
  let database: Map<string, string>;
  let one: Process;
  let other: Process;

  beforeAll(async () => {
    server = await startRedis();
    proxy = await startSlowProxy(server);
  });
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });
  beforeEach(async () => {
    await server.command('FLUSHALL');
    clients = [await connect([proxy.port]), await connect([server.port], { timeoutMs: 10_000 })];
    redis = clients[1]!.port;
    database = new Map();
    one = new Process(new RedisCache({ redis: clients[0]!.port }), database);
    other = new Process(new RedisCache({ redis, ...patient }), database);
  });
  afterEach(async () => {
    for (const { cache } of [one, other]) await cache.close();
    for (const client of clients) client.close();
  });

  it('sees what other processes write', async () => {
    const third = new Process(new RedisCache({ redis, ...patient }), database);
    await third.set('a', 'first');
    expect([await third.get('a'), await other.get('a'), other.reads]).toEqual(['first', 'first', 0]);
    await other.set('a', 'second');
    expect([await third.get('a'), await other.get('a'), other.reads]).toEqual(['second', 'second', 0]);
  });

  it('goes on while the server is down, reads its own writes, and leaves nothing old behind', async () => {
    await one.set('a', 'first');
    await one.get('a');
    await server.kill();
    expect(await one.get('a')).toBe('first');
    await one.set('a', 'second');
    expect(await one.get('a')).toBe('second');
    await server.restart();
    await eventually(async () => {
      const before = one.reads;
      expect(await one.get('a')).toBe('second');
      return one.reads === before;
    });
    expect(await other.get('a')).toBe('second');
  });

  it('goes on while the server is paused, and other processes see what was written once it goes on', async () => {
    await one.set('a', 'first');
    await one.get('a');
    await server.pause();
    try {
      expect(await one.get('a')).toBe('first');
      await one.set('a', 'second');
      expect(await one.get('a')).toBe('second');
    } finally {
      server.resume();
    }
    await eventually(async () => (await other.get('a')) === 'second');
    expect(await one.get('a')).toBe('second');
  });

  it('does not wait for a slow server any longer than it was told, and is right', async () => {
    await one.set('a', 'first');
    await one.get('a');
    proxy.delayMs = 400;
    expect(await one.get('a')).toBe('first');
    await one.set('a', 'second');
    expect(await one.get('a')).toBe('second');
    proxy.delayMs = 0;
    await eventually(async () => (await other.get('a')) === 'second');
    expect(await one.get('a')).toBe('second');
  });

  it('refuses writes that the server cannot be told of where that is asked for', async () => {
    const strict = new Process(new RedisCache({ redis, writes: 'strict', ...patient }), database);
    await strict.set('a', 'first');
    await server.kill();
    await expect(strict.set('a', 'second')).rejects.toBeInstanceOf(CacheUnavailable);
    expect([database.get('a'), await strict.get('a')]).toEqual(['first', 'first']);
    await server.restart();
    await eventually(() => strict.set('a', 'third').then(...yesOrNo));
    expect(await strict.get('a')).toBe('third');
  });

  it('reads anew what it cannot read', async () => {
    const third = new Process(new RedisCache({ redis, ...patient }), database);
    await third.set('a', 'first');
    await third.get('a');
    const stored = String(await server.command('GET', 'holdfast:{team}:note:a'));
    await server.command('SET', 'holdfast:{team}:note:a', stored.replace(/v.*/, 'vof another version'), 'PX', 60_000);
    expect([await third.get('a'), third.reads]).toEqual(['first', 2]);
    expect([await other.get('a'), other.reads]).toEqual(['first', 0]);
  });
});

const yesOrNo = [() => true, () => false] as const;
