import { GuardedClient } from './wire/guarded-client.js';

/** The part of a DataSource's options that `guardedPool` gives. */
export interface GuardedPoolOptions {
  readonly extra: Readonly<Record<string, unknown>>;
}

/**
 * DataSource options that hygiene and the statement path need: `new DataSource({ type: 'postgres', …, ...guardedPool() })`.
 * `extra` goes on to pg's pool as TypeORM documents it, e.g. `{ max: 20 }`.
 */
export function guardedPool(extra: Readonly<Record<string, unknown>> = {}): GuardedPoolOptions {
  return { extra: { ...extra, Client: GuardedClient } };
}
