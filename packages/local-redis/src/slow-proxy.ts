import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A way to a server that can be slow: what either side sends arrives `delayMs` later, in order. It knows no protocol.
 * `startSlowProxy({ port })` makes one.
 */
export class SlowProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: number;

  /** For what is sent from now on, in each direction. Default 0. */
  delayMs = 0;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
  }

  static async start(port: number): Promise<SlowProxy> {
    const server = createServer();
    const proxy = new SlowProxy(server, port);
    server.on('connection', (client) => {
      const target = connect({ host: '127.0.0.1', port: proxy.#target });
      proxy.#join(client, target);
      proxy.#join(target, client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on it is a way to another server, as an address is that moves at a failover: all connections break. */
  leadTo({ port }: { readonly port: number }): void {
    this.#target = port;
    this.cut();
  }

  /** Breaks all connections; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    let before = Promise.resolve();
    // One after the other: what was sent earlier under a longer delay arrives first all the same.
    const later = (work: () => void): void => {
      const due = performance.now() + this.delayMs;
      before = before.then(async () => {
        const waitMs = due - performance.now();
        if (waitMs > 0) await delay(waitMs);
        work();
      });
    };
    from.on('data', (chunk: Buffer) => later(() => to.writable && to.write(chunk)));
    from.on('error', () => {});
    from.on('close', () => {
      this.#sockets.delete(from);
      later(() => to.destroy());
    });
  }
}

/** A proxy to a port of the loopback interface. */
export function startSlowProxy({ port }: { readonly port: number }): Promise<SlowProxy> {
  return SlowProxy.start(port);
}
