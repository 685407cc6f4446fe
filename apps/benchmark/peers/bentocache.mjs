// By default what is in memory is JSON, of which each caller gets an object of its own; unserialized it is the object itself.
// Times come back as texts from JSON, and are made Dates again by hand.
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisBusDriver, redisDriver } from 'bentocache/drivers/redis';
import { revivedRow } from './revived-row.mjs';

const ENTRIES = 10_000;
const TTL = '1h';

export async function open({ where, shared, redisPort, prefix, load }) {
  const connection = { host: '127.0.0.1', port: redisPort };
  const store = bentostore();
  if (where !== 'redis') store.useL1Layer(memoryDriver({ maxItems: ENTRIES, serialize: !shared }));
  if (where !== 'memory') store.useL2Layer(redisDriver({ connection }));
  if (where === 'two-tier') store.useBus(redisBusDriver({ connection }));
  const cache = new BentoCache({
    default: 'sessions',
    ttl: TTL,
    prefix,
    stores: { sessions: store },
  });
  const read = (key, tenant, id) => cache.getOrSet({ key, factory: () => load(tenant, id) });
  return {
    get: async (tenant, id) => {
      const row = await read(`${tenant}:${id}`, tenant, id);
      return shared ? row : revivedRow(row);
    },
    async write(tenant, id, write) {
      await write();
      await cache.delete({ key: `${tenant}:${id}` });
    },
    close: () => cache.disconnectAll(),
  };
}
