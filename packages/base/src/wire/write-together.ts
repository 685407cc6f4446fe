import type { Writable } from 'node:stream';

// Node's own: who replaces timers in a test means their own.
const nextTick = process.nextTick.bind(process);
let streams: Writable[] = [];
let messages: Buffer[] = [];

/**
 * Writes a message to a stream once all callers that go on now have gone as far as they can: then all that they ask for is
 * sent, one right after the other. The reason is that of `tellTogether`.
 */
export function writeTogether(stream: Writable, message: Buffer): void {
  messages.push(message);
  if (streams.push(stream) === 1) nextTick(writeAll);
}

function writeAll(): void {
  const [to, what] = [streams, messages];
  streams = [];
  messages = [];
  for (let i = 0; i < to.length; i++) {
    try {
      // One that was cut meanwhile takes none, and has told so.
      to[i]!.write(what[i]!);
    } catch (error) {
      // A stream of somebody's own, for instance: no reason for others not to be sent.
      to[i]!.destroy(error as Error);
    }
  }
}
