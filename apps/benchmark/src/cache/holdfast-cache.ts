import {
  type CacheDefinition,
  invalidating,
  MemoryCache,
  nodeRedisPort,
  readThrough,
  RedisCache,
  TwoTierCache,
  valueCodec,
} from '@holdfast/cache';
import { createClient } from 'redis';
import type { SessionRow } from '../session-table.js';
import type { OpenCacheWay } from './cache-way.js';

interface Key {
  readonly tenant: string;
  readonly id: string;
}

const TTL_MS = 3_600_000;
/** No read shall be given up because the machine is busy: it would be one of the database. */
const PATIENCE_MS = 10_000;

const cachedSessions: CacheDefinition<Key, SessionRow> = {
  layer: 'session_cache_source',
  entity: 'session',
  keyOf: (key) => key,
  lifetimes: { ttlMs: TTL_MS },
  codec: valueCodec({ version: 1 }),
};

/** Ours: `readThrough` in front of a repository's `get`, and `invalidating` around writes. */
export const openHoldfastCache: OpenCacheWay = async ({ where, redisPort, prefix, load }) => {
  const cache = await cacheOf(where, redisPort, prefix);
  const source = cache.source(cachedSessions);
  return {
    get: async (tenant, id) => (await readThrough(source, { tenant, id }, () => load(tenant, id)))!,
    write: (tenant, id, write) => invalidating(source, [{ tenant, id }], write),
    close: cache.close,
  };
};

async function cacheOf(
  where: 'memory' | 'redis' | 'two-tier',
  port: number,
  prefix: string,
): Promise<Pick<MemoryCache | RedisCache, 'source'> & { close(): Promise<void> }> {
  if (where === 'memory') {
    const cache = new MemoryCache();
    return { source: (definition) => cache.source(definition), close: async () => {} };
  }
  const client = createClient({ socket: { host: '127.0.0.1', port }, disableOfflineQueue: true });
  client.on('error', (error: Error) => console.error(`redis: ${error.message}`));
  const redis = nodeRedisPort(await client.connect(), { timeoutMs: PATIENCE_MS });
  const args = { redis, prefix, readTimeoutMs: PATIENCE_MS };
  const cache = where === 'redis' ? new RedisCache(args) : new TwoTierCache({ ...args, memoryTtlMs: TTL_MS });
  if (cache instanceof TwoTierCache) await cache.start();
  return {
    source: (definition) => cache.source(definition),
    close: async () => {
      await cache.close();
      client.destroy();
    },
  };
}
