import { openPg } from '../contenders/pg.js';
import type { CacheWay, CacheWayArgs, PeerWayArgs } from './cache-way.js';

/** A statement by hand, alone or behind another library's cache. Those of the project `peers` may not be there. */
export async function openPeerWay(library: string, args: CacheWayArgs): Promise<CacheWay> {
  const { url, connections, watch, where, shared, redisPort, prefix } = args;
  const pg = await openPg(url, connections);
  const load: PeerWayArgs['load'] = (tenant, id) => watch(() => pg.get!(tenant, id));
  if (where === 'database') return { get: load, write: (_tenant, _id, write) => write(), close: () => pg.close() };
  const peer = new URL(`../../peers/${library}.mjs`, import.meta.url);
  const { open } = (await import(peer.href)) as { readonly open: (given: PeerWayArgs) => Promise<CacheWay> };
  const way = await open({ where, shared, redisPort, prefix, load });
  return {
    get: (tenant, id) => way.get(tenant, id),
    write: (tenant, id, write) => way.write(tenant, id, write),
    async close() {
      await way.close();
      await pg.close();
    },
  };
}
