import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { RedisCacheSource, type RedisPort } from '@holdfast/cache';
import { type RedisServer, startRedis } from '@holdfast/local-redis';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { type ConnectedPort, redisClients } from './fixture/redis-clients.js';

const key = 'holdfast:{team}:note:a';

describeRedis.each(redisClients)('an entry on Redis, by %s', (_, connect) => {
  let server: RedisServer;
  let client: ConnectedPort;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.command('FLUSHALL');
    client = await connect([server.port], { timeoutMs: 10_000 });
  });
  afterEach(() => client.close());

  /** How often the server was asked for this since `CONFIG RESETSTAT`. */
  async function calls(command: string): Promise<number> {
    const stats = String(await server.command('INFO', 'commandstats'));
    return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
  }

  async function stored(lifetimes: { readonly ttlMs: number; readonly staleMs?: number }, value: string | null) {
    const source = new RedisCacheSource({ redis: client.port, lifetimes: { negativeTtlMs: 60_000, ...lifetimes } });
    const miss = await source.get(key);
    if (miss.kind !== 'miss') throw new Error('It is there already.');
    expect(await source.fill(key, miss.lease!, value)).toBe(true);
    await server.command('CONFIG', 'RESETSTAT');
    return source;
  }

  it.each([['a text'], ['n'], [''], [null]])('is read by one GET and no script: %j', async (value) => {
    const source = await stored({ ttlMs: 60_000 }, value);

    expect(await source.get(key)).toEqual({ kind: 'hit', value });

    expect([await calls('get'), await calls('evalsha'), await calls('eval')]).toEqual([1, 0, 0]);
  });

  it('is read by a script where it is kept past its time, which a GET would not know', async () => {
    const source = await stored({ ttlMs: 1, staleMs: 60_000 }, 'a text');

    await eventually(async () => (await source.get(key)).kind === 'stale');

    expect(await calls('evalsha')).toBeGreaterThan(0);
    expect(await source.get(key)).toMatchObject({ kind: 'stale', value: 'a text', lease: expect.anything() });
  });

  it('is the same by a port that always runs the script', async () => {
    await stored({ ttlMs: 60_000 }, 'a text');
    const { port } = client;
    const plain: RedisPort = {
      ...port,
      evalScript: ({ name, lua, sha1 }, ...rest) => port.evalScript({ name, lua, sha1 }, ...rest),
    };
    const source = new RedisCacheSource({ redis: plain, lifetimes: { ttlMs: 60_000 } });

    expect(await source.get(key)).toEqual({ kind: 'hit', value: 'a text' });

    expect(await calls('evalsha')).toBe(1);
  });
});
