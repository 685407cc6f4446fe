import type { Socket } from 'node:net';
import type pg from 'pg';

/** Cuts the connection of a pool that was made last, as a network does, every `everyMs` milliseconds if `isTime` says so. */
export function cutNewest(pool: pg.Pool, everyMs: number, isTime: () => boolean): void {
  const clients: pg.PoolClient[] = [];
  pool.on('connect', (client) => clients.push(client));
  pool.on('remove', (client) => {
    const index = clients.indexOf(client);
    if (index >= 0) clients.splice(index, 1);
  });
  const cut = (): void => {
    const newest = clients.at(-1) as (pg.PoolClient & { readonly connection: { readonly stream: Socket } }) | undefined;
    if (isTime()) newest?.connection.stream.destroy();
  };
  setInterval(cut, everyMs).unref();
}
