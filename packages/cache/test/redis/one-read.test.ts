import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Cache,
  type CacheSource,
  MemoryCache,
  readManyThrough,
  readThrough,
  RedisCache,
  TwoTierCache,
  valueCodec,
} from '@holdfast/cache';
import { type RedisServer, startRedis } from '@holdfast/local-redis';
import { Pool } from 'pg';
import { describeRedis } from './fixture/describe-redis.js';
import { type ConnectedPort, redisClients } from './fixture/redis-clients.js';

const connect = redisClients[0]![1];
const patient = { readTimeoutMs: 60_000, writeTimeoutMs: 60_000 };
const name = `cache_one_read_${Math.floor(Math.random() * 2 ** 40)}`;
let pool: Pool;

/** How many statements have read the table: PostgreSQL counts them. */
async function statements(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT (CASE WHEN is_called THEN last_value ELSE 0 END)::int AS count FROM ${name}_reads`,
  );
  return rows[0]!.count;
}

const load = async (id: string): Promise<string | null> => (await loadMany([id]))[0]!;

async function loadMany(ids: readonly string[]): Promise<readonly (string | null)[]> {
  const { rows } = await pool.query<{ id: string; text: string }>(
    `WITH counted AS MATERIALIZED (SELECT nextval('${name}_reads'))
     SELECT id, text FROM ${name}, counted, pg_sleep(0.05) WHERE id = ANY ($1)`,
    [ids],
  );
  return ids.map((id) => rows.find((row) => row.id === id)?.text ?? null);
}

function sourceOf(cache: Cache): CacheSource<string, string> {
  return cache.source({
    layer: 'note_cache_source',
    entity: 'note',
    keyOf: (id: string) => ({ tenant: 'team', id }),
    lifetimes: { ttlMs: 3_600_000, leaseMs: 600_000 },
    codec: valueCodec<string>({ version: 1 }),
  });
}

const aThousand = (source: CacheSource<string, string>): readonly Promise<string | null>[] =>
  Array.from({ length: 1_000 }, () => readThrough(source, 'a', () => load('a')));

beforeAll(async () => {
  pool = new Pool({ connectionString: process.env['HOLDFAST_TEST_DATABASE_URL']!, max: 20 });
  await pool.query(`CREATE TABLE ${name} (id text PRIMARY KEY, text text NOT NULL)`);
  await pool.query(`INSERT INTO ${name} VALUES ('a', 'one'), ('b', 'two')`);
});
beforeEach(async () => {
  await pool.query(`DROP SEQUENCE IF EXISTS ${name}_reads; CREATE SEQUENCE ${name}_reads`);
});
afterAll(async () => {
  await pool.query(`DROP TABLE ${name}; DROP SEQUENCE ${name}_reads`);
  await pool.end();
});

describe('a thousand who miss one key at the same time', () => {
  it('make one read of the database', async () => {
    expect(new Set(await Promise.all(aThousand(sourceOf(new MemoryCache()))))).toEqual(new Set(['one']));
    expect(await statements()).toBe(1);
  });
});

describeRedis('a thousand who miss one key of Redis at the same time', () => {
  let server: RedisServer;
  let clients: ConnectedPort[];
  let caches: RedisCache[];
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(async () => {
    await server.command('FLUSHALL');
    clients = [];
    caches = [];
  });
  afterEach(async () => {
    for (const cache of caches) await cache.close();
    for (const client of clients) client.close();
  });
  afterAll(() => server.stop());

  async function startProcess(hasMemory: boolean): Promise<CacheSource<string, string>> {
    const client = await connect([server.port], { timeoutMs: 60_000, subscriptionPingMs: 60_000 });
    clients.push(client);
    const args = { redis: client.port, ...patient };
    const cache = hasMemory ? new TwoTierCache(args) : new RedisCache(args);
    caches.push(cache);
    if (cache instanceof TwoTierCache) await cache.start();
    return sourceOf(cache);
  }

  it.each([
    ['Redis', false],
    ['memory in front of Redis', true],
  ] as const)('make one read of the database: %s', async (_name, hasMemory) => {
    const source = await startProcess(hasMemory);

    expect(new Set(await Promise.all(aThousand(source)))).toEqual(new Set(['one']));
    expect(await statements()).toBe(1);
  });

  it('make one read of the database for each process, at most', async () => {
    const sources = [await startProcess(false), await startProcess(true)];

    expect(new Set(await Promise.all(sources.flatMap(aThousand)))).toEqual(new Set(['one']));
    expect([1, 2]).toContain(await statements());
  });

  it('make one read of the database when they ask for several at once', async () => {
    const source = await startProcess(false);
    const all = Array.from({ length: 200 }, () => readManyThrough(source, ['a', 'none', 'b'], loadMany));

    expect(new Set((await Promise.all(all)).map((values) => JSON.stringify(values)))).toEqual(
      new Set([JSON.stringify(['one', null, 'two'])]),
    );
    expect(await statements()).toBe(1);
  });

  it('make at most two while Redis cannot be reached', async () => {
    const source = await startProcess(false);
    await server.kill();
    try {
      expect(new Set(await Promise.all(aThousand(source)))).toEqual(new Set(['one']));
      expect([1, 2]).toContain(await statements());
    } finally {
      await server.restart();
    }
  });
});
