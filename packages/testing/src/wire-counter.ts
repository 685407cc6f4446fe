import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { WireStatements } from './wire-statements.js';

/** What was sent to a server. */
export interface WireCount {
  /** The times the client waited for the server: its Sync and Query messages. */
  readonly trips: number;
  /** The SQL of every statement that was executed, BEGIN and COMMIT included, in the order of sending. */
  readonly statements: readonly string[];
}

/**
 * Counts what clients really send: a proxy between them and the server, which they reach by `url`. Connections through
 * it are never encrypted.
 */
export class WireCounter {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #trips = 0;
  #statements: string[] = [];

  /** The server's address by way of this counter. */
  readonly url: string;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** A counter in front of the server that `url` names. */
  static async open(url: string): Promise<WireCounter> {
    const target = new URL(url);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const through = new URL(url);
    through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const counter = new WireCounter(server, through.href);
    server.on('connection', (client) => counter.#pass(client, connect(Number(target.port || 5432), target.hostname)));
    return counter;
  }

  /** What was sent so far. */
  get total(): WireCount {
    return { trips: this.#trips, statements: [...this.#statements] };
  }

  /** What is sent until `work` has ended, by whichever connection. */
  async during(work: () => Promise<unknown>): Promise<WireCount> {
    const { trips, statements } = this.total;
    await work();
    return { trips: this.#trips - trips, statements: this.#statements.slice(statements.length) };
  }

  /** Cuts what is still connected. */
  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  #pass(client: Socket, server: Socket): void {
    const statements = new WireStatements(
      () => void (this.#trips += 1),
      (sql) => void this.#statements.push(sql),
    );
    client.on('data', (chunk: Buffer) => statements.see(chunk));
    client.pipe(server);
    server.pipe(client);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      // What one side loses, the other side shall notice.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  }
}
