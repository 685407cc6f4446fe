import type { Socket } from 'node:net';

/**
 * Ends a socket with a reset, at once. Node's `resetAndDestroy` sends an end first, and a socket that is destroyed before
 * that is gone never closes. One whose end was sent already cannot be reset any more: it is closed.
 */
export function reset(socket: Socket): void {
  if (!socket.writableEnded) (socket as { resetAndClosing?: boolean }).resetAndClosing = true;
  socket.destroy();
}
