import type { Socket } from 'node:net';

/** Ends a connection by a reset (RST) and nothing else: Node's own way sends an end (FIN) first, which may be seen first. */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  if (!socket.connecting) {
    // From a socket that does not write any more, no end is sent.
    Object.defineProperty(socket, 'writable', { value: false });
    socket.resetAndDestroy();
  }
  socket.destroy();
}
