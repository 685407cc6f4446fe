import { type CacheDefinition, valueCodec } from '@holdfast/cache';
import { Timestamp } from '@holdfast/querier';
import type { CachedRows } from './cached-rows.js';

/** Entries of rows by their ids, which no two tenants have in common. */
export function cachedRowsDefinition<Data>(rows: CachedRows<Data>): CacheDefinition<string, Data> {
  const { layer, entity, version, ttlMs = 60_000 } = rows;
  return {
    layer,
    entity,
    keyOf: (id) => ({ tenant: null, id }),
    lifetimes: { ttlMs },
    codec: valueCodec<Data>({ version, reducers, revivers }),
  };
}

// What rows have beside plain data.
const reducers = {
  Timestamp: (value: unknown) => value instanceof Timestamp && [value.getTime(), value.microseconds],
};
const revivers = {
  Timestamp: ([time, microseconds]: readonly [number, number]) => new Timestamp(time, microseconds),
};
