import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { OpenLedger } from '../ledger/open-ledger.js';

/** As long as callers wait for a connection, and a little more. */
const HELD_MS = 1_100;

interface PoolOfDriver {
  readonly options: { readonly max: number };
  readonly waitingCount: number;
  connect(): Promise<PoolClient>;
}

/** Takes all connections of the pool, as they become free, for longer than callers wait for one; whether others waited. */
export async function exhaustPool({ dataSource }: OpenLedger): Promise<boolean> {
  const pool = (dataSource.driver as unknown as { readonly master: PoolOfDriver }).master;
  let othersWaited = false;
  let asked = pool.options.max;
  const take = async (): Promise<PoolClient | null> => {
    // Whoever has had to wait for too long is told so, as everybody is.
    const client = await pool.connect().catch(() => null);
    asked--;
    return client;
  };
  const taking = Array.from({ length: asked }, take);
  for (const end = performance.now() + HELD_MS; performance.now() < end; await delay(20)) {
    othersWaited ||= pool.waitingCount > asked;
  }
  for (const client of await Promise.all(taking)) client?.release();
  return othersWaited;
}
