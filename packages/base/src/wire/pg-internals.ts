import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * The few members of pg 8's Client and Connection that the statement path builds on, beyond its declared types.
 * `test/pg-contract.test.ts` holds the installed pg against them.
 */
export interface PgConnection extends EventEmitter {
  readonly stream: Socket;
  /** What makes a stream to the server where it is not a socket of its own; only ours tells. */
  readonly openStream?: unknown;
  attachListeners(stream: EventEmitter): void;
  startup(config: Readonly<Record<string, string>>): void;
}

export interface PgConnectionConfig {
  readonly stream?: unknown;
  readonly ssl?: unknown;
  readonly sslNegotiation?: string;
  readonly keepAlive?: boolean;
  readonly keepAliveInitialDelayMillis?: number;
}

export const PgConnection = pg.Connection as unknown as new (config: PgConnectionConfig) => PgConnection;

/** What `client.query` accepts besides texts: it is handed the connection once the client is ready for it. */
export interface Submittable {
  submit(connection: PgConnection): Error | null;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}
