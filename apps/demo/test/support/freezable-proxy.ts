import { once } from 'node:events';
import net from 'node:net';

/** A way to a database that can be frozen: connections stay, and nothing comes through any more. */
export interface FreezableProxy {
  readonly url: string;
  freeze(): void;
  /** Resolves when something was sent that a frozen proxy keeps to itself. */
  readonly swallowed: Promise<void>;
  close(): void;
}

export async function freezableProxy(databaseUrl: string): Promise<FreezableProxy> {
  const target = new URL(databaseUrl);
  const sockets: net.Socket[] = [];
  let isFrozen = false;
  let swallow = (): void => undefined;
  const swallowed = new Promise<void>((resolve) => (swallow = resolve));
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    sockets.push(near, far);
    near.on('data', (bytes) => (isFrozen ? swallow() : far.write(bytes)));
    far.on('data', (bytes) => !isFrozen && near.write(bytes));
    near.on('close', () => !isFrozen && far.end());
    far.on('close', () => !isFrozen && near.end());
    for (const socket of [near, far]) socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    freeze: () => (isFrozen = true),
    swallowed,
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
