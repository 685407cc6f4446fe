import net from 'node:net';
import type pg from 'pg';
import { PgConnection, type PgConnectionConfig } from './pg-internals.js';

/**
 * What became of a request to cancel. `acted`: the server has told the statement, if one was running. `not-sent`: nothing
 * was written, and nothing will happen. `unsure`: it was written, and may be acted upon at any time.
 */
export type CancelOutcome = 'acted' | 'not-sent' | 'unsure';

/** What pg's Connection does for a request, and its Client knows of the connection to be cancelled. */
interface CancelConnection extends PgConnection {
  connect(port: number, host?: string): void;
  connect(path: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

interface ClientParts {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly sslNegotiation: string;
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly connection: PgConnection;
}

const LIMIT_MS = 2_000;

/**
 * Asks the server on a second connection to cancel what a client runs (PostgreSQL 53.2.8). Resolves when that connection
 * has closed, which the server does after it has acted; one that is not closed after `limitMs` is destroyed. Never rejects.
 */
export function cancelRequest(client: pg.ClientBase, limitMs = LIMIT_MS): Promise<CancelOutcome> {
  const {
    host,
    port,
    ssl,
    sslNegotiation,
    processID,
    secretKey,
    connection: canceled,
  } = client as never as ClientParts;
  if (processID === null || secretKey === null) return Promise.resolve('not-sent');
  return new Promise((resolve) => {
    let connection: CancelConnection | undefined;
    let isWritten = false;
    let hasFailed = false;
    const over = (): void => {
      clearTimeout(timer);
      resolve(!isWritten ? 'not-sent' : hasFailed ? 'unsure' : 'acted');
    };
    const fail = (): void => {
      hasFailed = true;
      connection?.stream.destroy();
    };
    const send = (): void => {
      isWritten = true;
      connection!.cancel(processID, secretKey);
    };
    const timer = setTimeout(fail, limitMs);
    try {
      const config: PgConnectionConfig = { stream: streamBeside(canceled), ssl, sslNegotiation };
      connection = new PgConnection(config) as CancelConnection;
      connection.on('error', fail);
      connection.on('connect', () => {
        if (!ssl) send();
        else if (sslNegotiation !== 'direct') connection!.requestSsl();
      });
      connection.on('sslconnect', send);
      connection.once('end', over);
      if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
      else connection.connect(port, host);
    } catch {
      // A stream of the user's that is none, or that cannot be made.
      over();
    }
  });
}

/** A socket to the same server, where a name stands for several. Its certificate is held against the name all the same. */
function streamBeside({ stream, openStream }: PgConnection): unknown {
  if (typeof openStream === 'function') return openStream;
  const { remoteAddress } = stream;
  if (remoteAddress === undefined) return undefined;
  const socket = new net.Socket();
  const connect = socket.connect.bind(socket) as (port: number, host: string) => net.Socket;
  return Object.assign(socket, { connect: (port: number) => connect(port, remoteAddress) });
}
