import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type CacheLease, cacheKey, type CacheSuspension, RedisCacheSource, type RedisPort } from '@holdfast/cache';
import { type RedisCluster, type RedisServer, startRedis, startRedisCluster } from '@holdfast/local-redis';
import fc from 'fast-check';
import { runInterleaving, steps } from '../interleavings.js';
import { describeRedis } from './fixture/describe-redis.js';
import { eventually } from './fixture/eventually.js';
import { type ConnectedPort, redisClients, redisClusterClients } from './fixture/redis-clients.js';

const lifetimes = { ttlMs: 60_000 };
const sourceOf = (redis: RedisPort): RedisCacheSource => new RedisCacheSource({ redis, lifetimes });

async function leaseOf(source: RedisCacheSource, key: string): Promise<CacheLease> {
  const answer = await source.get(key);
  if (answer.kind !== 'miss' || answer.lease === null) throw new Error(`It was ${JSON.stringify(answer)}.`);
  return answer.lease;
}

const connect = redisClients[0]![1];
const connectCluster = redisClusterClients[0]![1];

// By one client: the others keep to the same port.
describeRedis('entries on Redis', () => {
  let server: RedisServer;
  let client: ConnectedPort;
  let source: RedisCacheSource;

  beforeAll(async () => {
    server = await startRedis();
    client = await connect([server.port], { timeoutMs: 5_000 });
  });
  afterAll(async () => {
    client.close();
    await server.stop();
  });
  beforeEach(async () => {
    await server.command('FLUSHALL');
    source = sourceOf(client.port);
  });

  it('are never older than a write that is over, however reads, writes and crashes are mixed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        await server.command('FLUSHALL');
        const forget = async (): Promise<void> => void (await server.command('FLUSHALL'));
        await runInterleaving({ source, suspensionMs: Infinity, pass: async () => {}, nowMs: () => 0, forget }, all);
      }),
      { numRuns: 25 },
    );
  });

  it('are not stored by a lease that the server has lost: it was emptied, restarted, or evicted it', async () => {
    const losses = [
      () => server.command('FLUSHALL'),
      () => server.command('DEL', '{t}:a#lease'),
      async () => {
        await server.kill();
        await server.restart();
        await eventually(() => client.port.ping().then(...yesOrNo));
      },
    ];
    for (const lose of losses) {
      const lease = await leaseOf(source, '{t}:a');
      await lose();
      expect(await source.fill('{t}:a', lease, 'old')).toBe(false);
      expect((await source.get('{t}:a')).kind).toBe('miss');
    }
  });

  it('end by themselves, and so do suspensions', async () => {
    const brief = new RedisCacheSource({ redis: client.port, lifetimes: { ttlMs: 20, suspensionMs: 20 } });
    await brief.fill('{t}:a', await leaseOf(brief, '{t}:a'), 'value');
    await eventually(async () => (await brief.get('{t}:a')).kind === 'miss');
    await brief.suspend(['{t}:a']);
    await eventually(async () => {
      const answer = await brief.get('{t}:a');
      return answer.kind === 'miss' && answer.lease !== null;
    });
    await eventually(async () => (await server.command('EXISTS', '{t}:a#suspended')) === 0);
  });

  it('are removed from a server that is full, which gives what it has, and is told of writes', async () => {
    await source.fill('{t}:a', await leaseOf(source, '{t}:a'), 'kept');
    await source.fill('{t}:b', await leaseOf(source, '{t}:b'), 'gone');
    let suspension: CacheSuspension;
    await server.fill();
    try {
      expect(await source.get('{t}:a')).toEqual({ kind: 'hit', value: 'kept' });
      await source.invalidate(['{t}:b']);
      expect(await source.get('{t}:b')).toEqual({ kind: 'miss', lease: null });
      await expect(client.port.set('other', 'value')).rejects.toThrow(/OOM/);
      suspension = await source.suspend(['{t}:a', '{t}:none']);
    } finally {
      await server.drain();
    }
    expect(await source.get('{t}:a')).toEqual({ kind: 'miss', lease: null });
    expect(await source.get('{t}:none')).toEqual({ kind: 'miss', lease: null });
    await suspension.resume();
    await leaseOf(source, '{t}:a');
  });

  it('do not come back where a failover has lost their invalidation, and their leases store nothing', async () => {
    const replica = await startRedis();
    await replica.follow(server);
    const other = await connect([replica.port], { timeoutMs: 5_000 });
    const after = sourceOf(other.port);
    try {
      await source.fill('{t}:a', await leaseOf(source, '{t}:a'), 'old');
      const lease = await leaseOf(source, '{t}:b');
      await eventually(async () => (await replica.command('EXISTS', '{t}:a', '{t}:b#lease')) === 2);
      expect(await after.get('{t}:a')).toEqual({ kind: 'miss', lease: null });
      await replica.promote();
      await source.invalidate(['{t}:a', '{t}:b']);

      expect(await after.fill('{t}:b', lease, 'old')).toBe(false);
      expect((await leaseOf(after, '{t}:b')).token).not.toBe(lease.token);
      await after.fill('{t}:a', await leaseOf(after, '{t}:a'), 'new');

      // The first one is a primary again, with what it had stored itself.
      await source.fill('{t}:c', await leaseOf(source, '{t}:c'), 'old');
      await server.follow(replica);
      await eventually(async () => (await server.command('EXISTS', '{t}:a', '{t}:c')) === 1);
      await server.promote();
      expect((await source.get('{t}:a')).kind).toBe('miss');
      expect((await source.get('{t}:c')).kind).toBe('miss');
    } finally {
      await server.promote();
      other.close();
      await replica.stop();
    }
  });

  it('do not come back from a disk', async () => {
    const kept = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    const other = await connect([kept.port], { timeoutMs: 5_000 });
    const before = sourceOf(other.port);
    try {
      await before.fill('{t}:a', await leaseOf(before, '{t}:a'), 'old');
      const lease = await leaseOf(before, '{t}:b');
      await kept.kill();
      await kept.restart();
      await eventually(() => other.port.ping().then(...yesOrNo));

      expect(await kept.command('EXISTS', '{t}:a', '{t}:b#lease')).toBe(2);
      expect((await before.get('{t}:a')).kind).toBe('miss');
      expect(await before.fill('{t}:b', lease, 'old')).toBe(false);
    } finally {
      other.close();
      await kept.stop();
    }
  });

  it('are suspended for as long as the longest suspension says', async () => {
    const hour = new RedisCacheSource({ redis: client.port, lifetimes: { ttlMs: 60_000, suspensionMs: 3_600_000 } });
    const brief = new RedisCacheSource({ redis: client.port, lifetimes: { ttlMs: 60_000, suspensionMs: 1 } });
    const long = await hour.suspend(['{t}:a']);
    await brief.suspend(['{t}:a']);

    expect(Number(await server.command('PTTL', '{t}:a#suspended'))).toBeGreaterThan(3_000_000);
    await long.resume();
    await eventually(async () => {
      const answer = await source.get('{t}:a');
      return answer.kind === 'miss' && answer.lease !== null;
    });
  });

  it('are invalidated by the thousand at once', async () => {
    const keys = Array.from({ length: 2_001 }, (_none, at) => `{t${at % 2}}:${at}`);
    await Promise.all(keys.map(async (key) => source.fill(key, await leaseOf(source, key), 'value')));
    await source.invalidate([...keys, ...keys]);
    await source.invalidate([]);
    expect(await server.command('DBSIZE')).toBe(0);
  });

  it('are read in one trip: a script for each tenant, all of them on their way before the first is answered', async () => {
    const keys = Array.from({ length: 30 }, (_none, at) => `{t${at % 3}}:${at}`);
    for (const key of keys.slice(3)) await source.fill(key, await leaseOf(source, key), `value of ${key}`);
    let [asked, answered] = [0, 0];
    const evalScript: RedisPort['evalScript'] = async (script, names, args) => {
      expect(answered).toBe(0);
      asked += 1;
      const answer = await client.port.evalScript(script, names, args);
      answered += 1;
      return answer;
    };
    const answers = await sourceOf({ ...client.port, evalScript }).getMany(keys);

    expect([asked, answered]).toEqual([3, 3]);
    expect(answers.slice(0, 3)).toEqual(keys.slice(0, 3).map(() => ({ kind: 'miss', lease: expect.anything() })));
    expect(answers.slice(3)).toEqual(keys.slice(3).map((key) => ({ kind: 'hit', value: `value of ${key}` })));
  });

  it('of one tenant are never those of another, whatever their names are', async () => {
    const names = ['a', 'a}', '{a}', 'a:agent', '*', 'a#lease', 'a\n', 'a%7d;'];
    const keys = names.flatMap((tenant) => names.map((id) => cacheKey('p', 'agent', { tenant, id })));
    for (const key of keys) expect(await source.fill(key, await leaseOf(source, key), key)).toBe(true);
    for (const key of keys) expect(await source.get(key)).toEqual({ kind: 'hit', value: key });
    await source.invalidate([keys[0]!]);
    for (const key of keys.slice(1)) expect((await source.get(key)).kind).toBe('hit');
  });
});

const yesOrNo = [() => true, () => false] as const;

describeRedis('entries on a cluster of Redis', () => {
  let cluster: RedisCluster;
  let client: ConnectedPort;

  beforeAll(async () => {
    cluster = await startRedisCluster();
    client = await connectCluster(
      cluster.nodes.map(({ port }) => port),
      { timeoutMs: 5_000 },
    );
  }, 40_000);
  afterAll(async () => {
    client.close();
    await cluster.stop();
  });

  it('are filled, suspended and invalidated for tenants on different nodes at once', async () => {
    const source = sourceOf(client.port);
    const keys = Array.from({ length: 30 }, (_none, at) => cacheKey('p', 'agent', { tenant: `team-${at}`, id: 'a' }));
    for (const key of keys) expect(await source.fill(key, await leaseOf(source, key), key)).toBe(true);
    const suspension = await source.suspend(keys);
    const answers = await source.getMany(keys);
    expect(answers).toEqual(keys.map(() => ({ kind: 'miss', lease: null })));
    await suspension.resume();
    for (const key of keys) expect(await source.fill(key, await leaseOf(source, key), null)).toBe(false);
    await source.invalidate(keys);
    for (const { command } of cluster.nodes.map((node) => ({ command: node.command.bind(node) }))) {
      expect(await command('DBSIZE')).toBe(0);
    }
  });
});
