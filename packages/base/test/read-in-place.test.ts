import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { to as copyTo } from 'pg-copy-streams';
import { GuardedClient } from '../src/wire/guarded-client.js';
import { testServer } from './fixture/test-database.js';

let client: GuardedClient;
let socket: Socket;

beforeEach(async () => {
  client = new GuardedClient({ connectionString: testServer() });
  await client.connect();
  socket = client.wire.stream;
});

afterEach(() => client.end());

/** A trip to the server on a connection of its own: what has arrived at the other by now has been read. */
async function elsewhere(): Promise<void> {
  const other = new GuardedClient({ connectionString: testServer() });
  await other.connect();
  await other.query('SELECT 1');
  await other.end();
}

it('leaves what pg hands out as it was, whatever is read after it', async () => {
  const chunks: Buffer[] = [];
  client.wire.on('copyData', ({ chunk }: { readonly chunk: Buffer }) => chunks.push(chunk));

  await client.query("COPY (SELECT repeat('a', 40) FROM generate_series(1, 50)) TO STDOUT");
  await client.query("SELECT repeat('b', 40) FROM generate_series(1, 50)");

  expect(Buffer.concat(chunks).toString()).toBe(`${'a'.repeat(40)}\n`.repeat(50));
});

it('lets a COPY to us take its place on the socket, which is read no faster than that is, and goes on after it', async () => {
  const copy = client.query(
    copyTo(`COPY (SELECT repeat('x', 999) FROM generate_series(1, 20000)) TO STDOUT`),
  ) as unknown as NodeJS.ReadableStream;
  await once(copy, 'readable');
  await elsewhere();
  expect(socket.bytesRead).toBeLessThan(2_000_000);

  let length = 0;
  for await (const chunk of copy) length += chunk.length;

  expect(length).toBe(20_000_000);
  expect((await client.query("SELECT repeat('y', 200000) AS y")).rows).toEqual([{ y: 'y'.repeat(200_000) }]);
  expect(socket.readableLength).toBe(0);
});

it('lets others hear what arrives too', async () => {
  let heard = 0;
  const before = socket.bytesRead;
  const hear = (chunk: Buffer): void => void (heard += chunk.length);
  socket.on('data', hear);

  const { rows } = await client.query("SELECT repeat('z', 300000) AS z");
  socket.off('data', hear);

  expect(rows).toEqual([{ z: 'z'.repeat(300_000) }]);
  expect(heard).toBe(socket.bytesRead - before);
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(heard).toBeLessThan(socket.bytesRead - before);
});

it('lets somebody else take its place by a listener of their own', async () => {
  const [receiver] = socket.listeners('data') as [(chunk: Buffer) => void];
  socket.off('data', receiver);
  const answer = client.query('SELECT 1 AS n');

  const [taken] = (await once(socket, 'data')) as [Buffer];
  socket.on('data', receiver);
  receiver(taken);

  expect((await answer).rows).toEqual([{ n: 1 }]);
});

it('keeps what arrives while its socket is paused, and hands it on in its order', async () => {
  const answered: unknown[] = [];
  socket.pause();
  const answers = Promise.all(
    ['SELECT 1 AS n', 'SELECT 2 AS n'].map(async (text) => answered.push(...(await client.query(text)).rows)),
  );
  socket.read(0); // Which lets more arrive, and be kept.
  await elsewhere();
  expect([answered, socket.readableLength > 0]).toEqual([[], true]);
  socket.resume();
  await answers;

  expect(answered).toEqual([{ n: 1 }, { n: 2 }]);
});
