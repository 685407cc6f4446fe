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

/** Takes all connections of the pool for longer than callers wait for one; whether somebody waited. */
export async function exhaustPool({ dataSource }: OpenLedger): Promise<boolean> {
  const pool = (dataSource.driver as unknown as { readonly master: PoolOfDriver }).master;
  const asked = Array.from({ length: pool.options.max }, () => pool.connect());
  const end = delay(HELD_MS);
  const taken = (await Promise.allSettled(asked)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const isExhausted = taken.length === pool.options.max && pool.waitingCount > 0;
  await end;
  for (const client of taken) client.release();
  return isExhausted;
}
