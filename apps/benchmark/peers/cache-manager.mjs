// By default what is in memory is JSON, of which each caller gets an object of its own; unserialized it is the object itself.
// Times come back as texts from JSON, and are made Dates again by hand. Its memory has no bound but time.
import KeyvRedis from '@keyv/redis';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import { revivedRow } from './revived-row.mjs';

const TTL_MS = 3_600_000;

export async function open({ where, shared, redisPort, prefix, load }) {
  const store = where === 'redis' ? new KeyvRedis(`redis://127.0.0.1:${redisPort}`) : new Map();
  const serialization = shared ? { serialize: undefined, deserialize: undefined } : {};
  const cache = createCache({ stores: [new Keyv({ store, namespace: prefix, ...serialization })], ttl: TTL_MS });
  return {
    get: async (tenant, id) => {
      const row = await cache.wrap(`${tenant}:${id}`, () => load(tenant, id));
      return shared ? row : revivedRow(row);
    },
    async write(tenant, id, write) {
      await write();
      await cache.del(`${tenant}:${id}`);
    },
    close: () => cache.disconnect(),
  };
}
