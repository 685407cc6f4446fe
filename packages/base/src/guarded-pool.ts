import { GuardedClient } from './wire/guarded-client.js';

/** The part of a DataSource's options that `guardedPool` gives. */
export interface GuardedPoolOptions {
  readonly extra: Readonly<Record<string, unknown>>;
}

const defaults = { connectionTimeoutMillis: 10_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/**
 * DataSource options that hygiene and the statement path need: `new DataSource({ type: 'postgres', …, ...guardedPool() })`.
 *
 * Whoever uses the DataSource, by TypeORM or pg, nobody gets a connection with an open transaction, an answer to come or
 * a setting of somebody else's: it is closed when it is given back. What all connections shall be set to belongs into
 * `onConnect`. A COMMIT that the server answers with ROLLBACK rejects with TransactionAborted. When the server shows that
 * it is going, the connections that were made before are closed.
 *
 * `extra` goes on to pg's pool as TypeORM documents it, e.g. `{ max: 20 }`. Unless it says otherwise, a connection that
 * is not there after 10 s is given up, and the network is asked after 10 s of silence whether the server is still there
 * (TCP keepalive): pg's own default is to wait for ever.
 */
export function guardedPool(extra: Readonly<Record<string, unknown>> = {}): GuardedPoolOptions {
  return { extra: { ...defaults, ...extra, Client: GuardedClient } };
}
