import { GuardedClient } from './wire/guarded-client.js';

/** The part of a DataSource's options that `guardedPool` gives. */
export interface GuardedPoolOptions {
  readonly extra: Readonly<Record<string, unknown>>;
}

/**
 * DataSource options that hygiene and the statement path need: `new DataSource({ type: 'postgres', …, ...guardedPool() })`.
 * `extra` goes on to pg's pool as TypeORM documents it, e.g. `{ max: 20 }`. Unless it says otherwise, a connection that
 * is not there after 10 s is given up: pg's own default is to wait for ever.
 */
export function guardedPool(extra: Readonly<Record<string, unknown>> = {}): GuardedPoolOptions {
  return { extra: { connectionTimeoutMillis: 10_000, ...extra, Client: GuardedClient } };
}
