import type { EventEmitter } from 'node:events';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

/**
 * Takes what has arrived: all of `bytes`, which it may keep. Or, where they are `lent`, that many of the first, which are
 * others as soon as it returns.
 */
export type Receiver = (bytes: Buffer, lent?: number) => void;

// One for all connections: the next read begins when the receiver of the one before has returned.
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

const receivers = new WeakMap<EventEmitter, Receiver>();

/**
 * A socket whose bytes are read where they arrive, by `onread` of Node's net. A stream is given 64 KiB for each read, which
 * are cut to size, wrapped and collected again, for an answer of some hundred bytes.
 */
export function socketReadInPlace(): Socket {
  // An option of the constructor, too (Node's documentation of net.Socket).
  const options: SocketConstructorOpts & ConnectOpts = {
    onread: { buffer, callback: (length) => arrived(socket, length) },
  };
  const socket = new Socket(options);
  return socket;
}

/** Has `receiver` take what arrives at the stream: in place, where it is a socket for that. */
export function receiveFrom(stream: EventEmitter, receiver: Receiver): void {
  // A listener in any case: there are those who take its place for a while, as pg-copy-streams does for a COPY to us.
  stream.on('data', receiver);
  receivers.set(stream, receiver);
}

/** Returns whether more can be taken at once. */
function arrived(socket: Socket, length: number): boolean {
  const receiver = receivers.get(socket);
  const isStream =
    receiver === undefined ||
    socket.readableFlowing !== true ||
    socket.listenerCount('data') !== 1 ||
    socket.listenerCount('data', receiver) !== 1;
  if (isStream) return socket.push(Buffer.from(buffer.subarray(0, length)));
  receiver(buffer, length);
  return true;
}
