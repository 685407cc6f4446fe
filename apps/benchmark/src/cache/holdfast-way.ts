import { Database, guardedPool } from '@holdfast/base';
import { type Cache, MemoryCache, nodeRedisPort, RedisCache, TwoTierCache } from '@holdfast/cache';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { type Scope, searchScope } from '@holdfast/querier';
import { RowCacheSource } from '@holdfast/standard-repository';
import { Registry } from 'prom-client';
import { createClient } from 'redis';
import { DataSource } from 'typeorm';
import { Row } from '../contenders/session-operations.js';
import type { SessionRow } from '../session-table.js';
import type { CacheWayArgs, OpenCacheWay } from './cache-way.js';
import { CachedSessionDbSource, CachedSessionRepository } from './cached-session-repository.js';

const TTL_MS = 3_600_000;
/** No read shall be given up because the machine is busy: it would be one of the database. */
const PATIENCE_MS = 10_000;

const rows = { layer: 'session_cache_source', entity: 'session', idType: 'uuid', version: 1, ttlMs: TTL_MS } as const;

/** Ours: whole operations of a repository that was given a cache, or none, observed for prom-client. */
export const openHoldfastWay: OpenCacheWay = async (args) => {
  const { url, connections, watch } = args;
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [Row],
    ...guardedPool({ max: connections, idleTimeoutMillis: 0 }),
  }).initialize();
  const observer = new PrometheusObserver({ register: new Registry() });
  const opened = await cacheOf(args);
  const repository = new CachedSessionRepository({
    dbSource: new CachedSessionDbSource(new Database(dataSource), watch),
    cacheSource: RowCacheSource.of<Row, SessionRow, string>(rows, opened.cache),
  });
  const scopeOf = (tenant: string): Scope<Row> => searchScope<Row>({ name: 'tenant', equals: { tenant } });
  return {
    get: (tenant, id) => repository.get(scopeOf(tenant), id),
    write: (_tenant, id, write) => repository.writing(id, write),
    async close() {
      await opened.cache?.close();
      opened.disconnect();
      observer.stop();
      await dataSource.destroy();
    },
  };
};

interface OpenedCache {
  readonly cache: Cache | undefined;
  disconnect(): void;
}

async function cacheOf({ where, redisPort: port, prefix }: CacheWayArgs): Promise<OpenedCache> {
  if (where === 'database') return { cache: undefined, disconnect: () => {} };
  if (where === 'memory') return { cache: new MemoryCache(), disconnect: () => {} };
  const client = createClient({ socket: { host: '127.0.0.1', port }, disableOfflineQueue: true });
  client.on('error', (error: Error) => console.error(`redis: ${error.message}`));
  const redis = nodeRedisPort(await client.connect(), { timeoutMs: PATIENCE_MS });
  const args = { redis, prefix, readTimeoutMs: PATIENCE_MS };
  const cache = where === 'redis' ? new RedisCache(args) : new TwoTierCache({ ...args, memoryTtlMs: TTL_MS });
  if (cache instanceof TwoTierCache) await cache.start();
  return { cache, disconnect: () => client.destroy() };
}
