import net from 'node:net';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { GuardedClient } from '../src/wire/guarded-client.js';
import { WireConnection } from '../src/wire/wire-connection.js';

const url = (): string => (process.env['DATABASE_URL'] ?? process.env['HOLDFAST_TEST_DATABASE_URL'])!;

// What src/wire takes for granted of pg beyond its declared types. If this fails, the path must be looked at again.

it('hands a submittable its connection when it is ready, and tells it of errors and readiness', async () => {
  const client = new pg.Client(url());
  await client.connect();
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    client.query({
      submit(connection: { query(sql: string): void; stream: { write: unknown } }) {
        seen.push(typeof connection.stream.write);
        connection.query('SELECT nonsense');
      },
      handleError: () => void seen.push('error'),
      handleReadyForQuery: () => {},
    } as unknown as pg.Submittable);
    client.once('drain', resolve);
  });
  expect(seen).toEqual(['function', 'error']);
  await client.end();
});

it('keeps the transaction status that ReadyForQuery tells', async () => {
  const client = new GuardedClient({ connectionString: url() });
  const status = (): unknown => (client as unknown as { getTransactionStatus(): unknown }).getTransactionStatus();
  await client.connect();
  await client.query('BEGIN');
  expect(status()).toBe('T');
  await client.query('SELECT nonsense').catch(() => {});
  await client.query('SELECT 1').catch(() => {});
  expect(status()).toBe('E');
  await client.query('ROLLBACK');
  expect([status(), (client as unknown as { _txStatus: unknown })._txStatus]).toEqual(['I', 'I']);
  expect((client as unknown as { _queryable: unknown })._queryable).toBe(true);
  await client.end();
});

it('keeps what its client is configured with, a hidden password and a factory of streams included', () => {
  let streams = 0;
  const stream = (): net.Socket => {
    streams++;
    return new net.Socket();
  };
  const config = Object.defineProperty({ host: 'h', port: 1, query_timeout: 5, stream }, 'password', {
    value: 'secret',
  });

  const client = new GuardedClient(config as pg.ClientConfig);

  expect(client).toMatchObject({ host: 'h', port: 1, password: 'secret' });
  expect(client).toMatchObject({ connectionParameters: { query_timeout: 5 } });
  expect(streams).toBe(1);
});

it('works on the connection that its client is given', () => {
  const client = new GuardedClient({ connectionString: url() }) as unknown as { connection: unknown };

  expect(client.connection).toBeInstanceOf(WireConnection);
});
