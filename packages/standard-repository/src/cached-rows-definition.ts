import { type CacheDefinition, valueCodec } from '@holdfast/cache';
import type { CachedRows } from './cached-rows.js';
import { storedTimestamps } from './stored-timestamps.js';

/** Entries of rows by their ids, which no two tenants have in common. */
export function cachedRowsDefinition<Data>(rows: CachedRows<Data>): CacheDefinition<string, Data> {
  const { layer, entity, version, ttlMs = 60_000 } = rows;
  return {
    layer,
    entity,
    keyOf: (id) => ({ tenant: null, id }),
    lifetimes: { ttlMs },
    codec: valueCodec<Data>({ version, ...storedTimestamps }),
  };
}
