import type pg from 'pg';

type Connected = Parameters<pg.Pool['connect']>[0];

/** What pg's pool keeps beyond its declared types. `test/pg-contract.test.ts` holds the installed one against it. */
interface PoolParts {
  readonly ending?: boolean;
  readonly _idle?: readonly object[];
  readonly _pendingQueue?: { readonly callback: Connected }[];
  _pulseQueue?(): void;
}

/**
 * Takes a connection that is idle, where there is one and nobody waits, before it returns: pg's pool sets a timer for each
 * that asks, and answers a tick later. False if it did nothing.
 */
export function takeIdle(pool: pg.Pool, connected: Connected): boolean {
  const parts = pool as unknown as PoolParts;
  // Whoever has wrapped `connect`, as @opentelemetry/instrumentation-pg does, shall see every connection that is asked for.
  if ((pool.connect as { readonly __wrapped?: boolean }).__wrapped === true) return false;
  const { ending, _idle, _pendingQueue } = parts;
  if (ending !== false || !_idle?.length || _pendingQueue?.length !== 0 || parts._pulseQueue === undefined)
    return false;
  _pendingQueue.push({ callback: connected });
  parts._pulseQueue();
  return true;
}
