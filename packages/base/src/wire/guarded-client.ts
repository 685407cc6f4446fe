import pg from 'pg';
import { WireConnection } from './wire-connection.js';

/** What pg's Client keeps that a replaced connection must be made with. */
interface ClientParts {
  readonly connectionParameters: { readonly ssl?: unknown };
  readonly sslNegotiation?: string;
  connection: WireConnection;
}

/** A client of pg on a WireConnection, which never ends the process by an 'error' event that nobody listens to. */
export class GuardedClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    super(withoutStream(config));
    const parts = this as unknown as ClientParts;
    parts.connection = new WireConnection({
      ...(config.stream === undefined ? {} : { stream: config.stream }),
      ssl: parts.connectionParameters.ssl ?? false,
      ...(parts.sslNegotiation === undefined ? {} : { sslNegotiation: parts.sslNegotiation }),
      keepAlive: config.keepAlive ?? false,
      keepAliveInitialDelayMillis: config.keepAliveInitialDelayMillis ?? 0,
    });
    // A checked-out client that dies tells its run; the event is only for those who look.
    this.on('error', () => {});
  }

  get wire(): WireConnection {
    return (this as unknown as ClientParts).connection;
  }
}

/** A factory of streams is not to be asked for the connection that is replaced. What pg's pool hides stays hidden. */
function withoutStream(config: pg.ClientConfig): pg.ClientConfig {
  const { stream: _stream, ...rest } = Object.getOwnPropertyDescriptors(config);
  return Object.defineProperties({}, rest) as pg.ClientConfig;
}
