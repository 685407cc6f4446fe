import { randomInt } from 'node:crypto';
import { FaultProxy } from './fault-proxy.js';

/** See `startFaultProxy`. */
export interface FaultProxyArgs {
  /** Where the server listens, PostgreSQL or PgBouncer. */
  readonly host: string;
  /** Where the server listens. */
  readonly port: number;
  /** Decides about storms: a whole number. Default: one of chance. */
  readonly seed?: number;
}

/**
 * Starts a proxy on a port of this machine's own, to be put between clients and the server: `next` and `storm` tell what
 * goes wrong. Connections through it are never encrypted: it answers requests for TLS with a no, so that clients need
 * `sslmode=disable`, or `prefer`.
 */
export function startFaultProxy({ host, port, seed = randomInt(2 ** 31) }: FaultProxyArgs): Promise<FaultProxy> {
  return FaultProxy.inFrontOf({ host, port }, seed);
}
