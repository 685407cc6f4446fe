import { openHoldfastCache } from './holdfast-cache.js';
import type { CacheWayArgs, OpenCacheWay } from './cache-way.js';

export type Where = CacheWayArgs['where'] | 'database';

export interface CacheContender {
  readonly name: string;
  readonly where: Where;
  readonly library: 'pg' | 'holdfast' | 'bentocache' | 'cache-manager';
  /** See `CacheWayArgs`. */
  readonly shared?: true;
  /** With an observer for prom-client in its process. */
  readonly observed?: true;
}

/** In the order of the report. */
export const CACHE_CONTENDERS: readonly CacheContender[] = [
  { name: 'database, holdfast', where: 'database', library: 'holdfast' },
  { name: 'database, pg', where: 'database', library: 'pg' },
  { name: 'memory, holdfast', where: 'memory', library: 'holdfast' },
  { name: 'memory, holdfast with metrics', where: 'memory', library: 'holdfast', observed: true },
  { name: 'memory, bentocache', where: 'memory', library: 'bentocache' },
  { name: 'memory, bentocache unserialized', where: 'memory', library: 'bentocache', shared: true },
  { name: 'memory, cache-manager', where: 'memory', library: 'cache-manager' },
  { name: 'memory, cache-manager unserialized', where: 'memory', library: 'cache-manager', shared: true },
  { name: 'redis, holdfast', where: 'redis', library: 'holdfast' },
  { name: 'redis, holdfast with metrics', where: 'redis', library: 'holdfast', observed: true },
  { name: 'redis, bentocache', where: 'redis', library: 'bentocache' },
  { name: 'redis, cache-manager', where: 'redis', library: 'cache-manager' },
  { name: 'two-tier, holdfast', where: 'two-tier', library: 'holdfast' },
  { name: 'two-tier, bentocache', where: 'two-tier', library: 'bentocache' },
];

/** How a cache is opened. Those of the project `peers` may not be there. */
export async function loadCacheWay({ library }: CacheContender): Promise<OpenCacheWay> {
  if (library === 'holdfast') return openHoldfastCache;
  const peer = new URL(`../../peers/${library}.mjs`, import.meta.url);
  return ((await import(peer.href)) as { readonly open: OpenCacheWay }).open;
}
