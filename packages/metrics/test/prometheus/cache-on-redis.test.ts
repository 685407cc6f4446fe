import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CacheSource,
  CacheUnavailable,
  invalidating,
  nodeRedisPort,
  readThrough,
  RedisCache,
  type RedisPort,
  valueCodec,
} from '@holdfast/cache';
import { redisIsInstalled, type RedisServer, startRedis } from '@holdfast/local-redis';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { Registry } from 'prom-client';
import { createClient } from 'redis';

const isInstalled = redisIsInstalled();
if (!isInstalled) process.stderr.write('Left out: the figures of a cache on Redis: redis-server is not installed.\n');
const describeRedis = isInstalled ? describe : describe.skip;

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}

async function connect(port: number): Promise<{ readonly port: RedisPort; close(): void }> {
  const socket = { host: '127.0.0.1', port, reconnectStrategy: () => 20 };
  const client = createClient({ socket, disableOfflineQueue: true });
  client.on('error', () => {});
  await client.connect();
  return { port: nodeRedisPort(client, { timeoutMs: 10_000 }), close: () => client.destroy() };
}

const layer = 'note_cache_source';

describeRedis('what Prometheus is shown of a cache on Redis', () => {
  let server: RedisServer;
  let client: Awaited<ReturnType<typeof connect>>;
  let cache: RedisCache;
  let source: CacheSource<string, string>;
  let register: Registry;
  let observer: PrometheusObserver;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.command('FLUSHALL');
    client = await connect(server.port);
    // What is not lost must have the time to be answered; what is lost fails at once, or is waited for by the test.
    use(new RedisCache({ redis: client.port, readTimeoutMs: 10_000, writeTimeoutMs: 10_000 }));
  });
  afterEach(async () => {
    observer.stop();
    client.close();
    await cache.close();
  });

  function use(made: RedisCache, lifetimes: { readonly ttlMs: number } = { ttlMs: 60_000 }): void {
    observer?.stop();
    cache = made;
    source = cache.source({
      layer,
      entity: 'note',
      keyOf: (id: string) => ({ tenant: 'team', id }),
      lifetimes: { negativeTtlMs: lifetimes.ttlMs, ...lifetimes },
      codec: valueCodec<string>({ version: 1 }),
    });
    register = new Registry();
    observer = new PrometheusObserver({ register, resiliences: [cache.resilience] });
  }

  const read = (id: string, value: string | null = 'text'): Promise<string | null> =>
    readThrough(source, id, async () => value);
  const write = (...ids: readonly string[]): Promise<void> => invalidating(source, ids, async () => {});

  /** A figure of the source, 0 where it has not been told of. */
  async function figure(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const metric = await register.getSingleMetric(`backendai_${name}`)!.get();
    const found = metric.values.find(
      (line) =>
        (line as { readonly metricName?: string }).metricName?.endsWith('_bucket') !== true &&
        Object.entries(labels).every(([label, value]) => line.labels[label as never] === value),
    );
    return found?.value ?? 0;
  }

  const answers = (answer: string): Promise<number> => figure('cache_read_count', { layer, answer });
  const failures = (operation: string): Promise<number> => figure('cache_failure_count', { layer, operation });
  const keys = (outcome: string): Promise<number> => figure('cache_invalidation_count', { layer, outcome });
  const waiting = (): Promise<number> => figure('cache_pending_invalidations', { layer });
  const breaker = (state: string): Promise<number> => figure('breaker_state', { breaker: 'cache', state });

  it('are hits, misses, what is known not to be there, and reads that were joined', async () => {
    await read('a');
    await read('a');
    await read('none', null);
    await read('none', null);
    await Promise.all([read('b'), read('b'), read('b')]);

    const shown = await Promise.all(['hit', 'negative', 'miss', 'joined', 'stale'].map(answers));
    expect(shown).toEqual([1, 1, 3, 2, 0]);
    expect(await figure('cache_read_duration_sec', { layer })).toBeGreaterThan(0);
    expect(await failures('get')).toBe(0);
  });

  it('are the keys of writes, before and after', async () => {
    await write('a', 'b', 'c');
    await source.invalidate(['d']);

    expect([await keys('suspended'), await keys('delivered'), await keys('failed')]).toEqual([3, 4, 0]);
  });

  it('are reads that fail open and the breaker that opens, when the server is killed, until it is back', async () => {
    await read('a');
    expect(await breaker('closed')).toBe(1);
    await server.kill();
    try {
      for (let reads = 1; (await breaker('open')) === 0; reads += 1) {
        expect(await read('a')).toBe('text');
        expect(await failures('get')).toBe(reads);
      }
      expect(await figure('breaker_transition_count', { breaker: 'cache', from: 'closed', to: 'open' })).toBe(1);
      await read('a');
      expect(await figure('layer_rejection_count', { layer, policy: 'circuit-breaker' })).toBe(1);
    } finally {
      await server.restart();
    }
    await eventually(async () => (await read('a')) === 'text' && (await answers('hit')) > 0);
    expect(await breaker('closed')).toBe(1);
  });

  it('are invalidations that wait while the server is killed, and are delivered late', async () => {
    await server.kill();
    try {
      await write('a', 'b');

      // Before the write and after it.
      expect([await keys('failed'), await waiting(), await keys('late')]).toEqual([4, 2, 0]);
      expect([await failures('suspend'), await keys('suspended')]).toEqual([1, 0]);
    } finally {
      await server.restart();
    }
    await eventually(async () => (await waiting()) === 0);
    expect([await keys('late'), await keys('expired'), await keys('delivered')]).toEqual([2, 0, 0]);
  });

  it('are timeouts while the server is paused', async () => {
    use(new RedisCache({ redis: client.port, readTimeoutMs: 20, writeTimeoutMs: 20 }));
    await server.pause();
    try {
      expect(await read('a')).toBe('text');
      expect([await failures('get'), await figure('layer_timeout_count', { layer })]).toEqual([1, 1]);
      await write('a');
      expect([await keys('failed'), await waiting()]).toEqual([2, 1]);
    } finally {
      server.resume();
    }
    await eventually(async () => (await waiting()) === 0);
    expect(await keys('late')).toBe(1);
  });

  it('are invalidations that were given up, when nothing can be left of what they would have removed', async () => {
    const lifetimes = { ttlMs: 1, leaseMs: 1 };
    use(new RedisCache({ redis: client.port }), lifetimes);
    await server.kill();
    try {
      await source.invalidate(['a', 'b']);
      await eventually(async () => (await keys('expired')) === 2);
      expect([await keys('failed'), await keys('late'), await waiting()]).toEqual([2, 0, 0]);
    } finally {
      await server.restart();
    }
  });

  it('are invalidations of which there were too many to remember one by one, as one', async () => {
    use(new RedisCache({ redis: client.port, maxPendingKeys: 1 }));
    await server.kill();
    try {
      await source.invalidate(['a', 'b']);
      expect([await keys('failed'), await keys('expired'), await waiting()]).toEqual([2, 0, 1]);
    } finally {
      await server.restart();
    }
    await eventually(async () => (await waiting()) === 0);
    expect([await keys('late'), await keys('expired')]).toEqual([1, 0]);
  });

  it('are writes that were refused, where they are strict', async () => {
    use(new RedisCache({ redis: client.port, writes: 'strict' }));
    await server.kill();
    try {
      await expect(write('a', 'b')).rejects.toBeInstanceOf(CacheUnavailable);
      // The server may have been asked to suspend them, and is told that nobody writes.
      expect([await keys('refused'), await keys('failed'), await waiting()]).toEqual([2, 0, 2]);
      expect(await failures('suspend')).toBe(1);
    } finally {
      await server.restart();
    }
    await eventually(async () => (await waiting()) === 0);
  });

  it('are values that the server, being full, does not store', async () => {
    await server.fill();
    try {
      await read('a');
      await read('a');
      expect([await answers('miss'), await answers('hit')]).toEqual([2, 0]);
    } finally {
      await server.drain();
    }
  });
});
