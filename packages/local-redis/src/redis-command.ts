import { connect } from 'node:net';
import { readRedisAnswer } from './redis-answer-reader.js';
import type { RedisAnswer } from './redis-server.js';

const ANSWER_LIMIT_MS = 10_000;

/** Runs one command on a connection of its own: what tests do to a server must not depend on the clients under test. */
export function redisCommand(
  { host, port }: { readonly host: string; readonly port: number },
  args: readonly (string | number)[],
): Promise<RedisAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let received = Buffer.alloc(0);
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy(new Error(`No answer to ${args.join(' ')}.`)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`The connection ended before the answer to ${args.join(' ')}.`)));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const read = readRedisAnswer(received);
      if (read === undefined) return;
      if (read.answer instanceof Error) reject(read.answer);
      else resolve(read.answer);
      socket.destroy();
    });
    const texts = args.map(String);
    socket.write(`*${texts.length}\r\n${texts.map((text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`).join('')}`);
  });
}
