import type { CacheWayArgs, OpenCacheWay } from './cache-way.js';
import { openHoldfastWay } from './holdfast-way.js';
import { openPeerWay } from './peer-way.js';

export interface CacheContender {
  readonly name: string;
  readonly where: CacheWayArgs['where'];
  readonly library: 'pg' | 'holdfast' | 'bentocache' | 'cache-manager';
  /** See `CacheWayArgs`. */
  readonly shared?: true;
}

/** In the order of the report. */
export const CACHE_CONTENDERS: readonly CacheContender[] = [
  { name: 'database, holdfast', where: 'database', library: 'holdfast' },
  { name: 'database, pg', where: 'database', library: 'pg' },
  { name: 'memory, holdfast', where: 'memory', library: 'holdfast' },
  { name: 'memory, bentocache', where: 'memory', library: 'bentocache' },
  { name: 'memory, bentocache unserialized', where: 'memory', library: 'bentocache', shared: true },
  { name: 'memory, cache-manager', where: 'memory', library: 'cache-manager' },
  { name: 'memory, cache-manager unserialized', where: 'memory', library: 'cache-manager', shared: true },
  { name: 'redis, holdfast', where: 'redis', library: 'holdfast' },
  { name: 'redis, bentocache', where: 'redis', library: 'bentocache' },
  { name: 'redis, cache-manager', where: 'redis', library: 'cache-manager' },
  { name: 'two-tier, holdfast', where: 'two-tier', library: 'holdfast' },
  { name: 'two-tier, bentocache', where: 'two-tier', library: 'bentocache' },
];

export function openCacheWay({ library }: CacheContender, args: CacheWayArgs): ReturnType<OpenCacheWay> {
  return library === 'holdfast' ? openHoldfastWay(args) : openPeerWay(library, args);
}
