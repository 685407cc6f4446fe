import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { reset } from '../../src/faults/reset.js';

/** Both ends of a connection. */
async function connection(): Promise<readonly [near: Socket, far: Socket, end: () => void]> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  if (near.connecting) await once(near, 'connect');
  return [near, far, () => server.close()];
}

describe('a reset', () => {
  it('reaches the other side as one', async () => {
    const [near, far, end] = await connection();
    const failed = once(far, 'error');
    far.resume();

    reset(near);

    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
    end();
  });

  it.each([
    ['a socket whose end is on its way', (near: Socket) => void near.end('bye')],
    ['a socket that has much to send', (near: Socket) => void near.write(Buffer.alloc(50_000_000))],
    ['a socket that was reset', reset],
  ])('closes %s, destroyed or not', async (_, before) => {
    const [near, far, end] = await connection();
    far.on('error', () => {});
    near.on('error', () => {});
    const closed = once(near, 'close');
    before(near);

    reset(near);
    near.destroy();

    await closed;
    far.destroy();
    end();
  });
});
