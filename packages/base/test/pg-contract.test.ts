import { once } from 'node:events';
import net from 'node:net';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { GuardedClient } from '../src/wire/guarded-client.js';
import { takeIdle } from '../src/wire/take-idle.js';
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

// And what hygiene takes for granted of pg's client and pool.

/** pg's own client, with what is underneath. */
interface Parts {
  readonly _activeQuery: { readonly text: string; readonly values?: unknown } | null;
  readonly _queryQueue: readonly unknown[];
  readonly readyForQuery: boolean;
  readonly _ending: boolean;
  readonly connection: { on(event: string, listener: (message: Record<string, unknown>) => void): void };
}

it('keeps the query that is under way, those that wait, and whether the answer is over', async () => {
  const client = new pg.Client(url());
  const parts = client as unknown as Parts;
  await client.connect();
  expect([parts._activeQuery ?? null, parts._queryQueue, parts._ending]).toEqual([null, [], false]);

  const [first, second] = [client.query('SELECT $1::int AS one', [1]), client.query('SELECT 2')];
  expect(parts._activeQuery).toMatchObject({ text: 'SELECT $1::int AS one', values: [1] });
  expect([parts._queryQueue.length, parts.readyForQuery]).toEqual([1, false]);
  await first;
  await second;

  expect([parts._activeQuery ?? null, parts._queryQueue, parts.readyForQuery]).toEqual([null, [], true]);
  const drained = new Promise((resolve) => client.once('drain', resolve));
  await client.query('SELECT 1 / 0').catch(() => {});
  await drained;
  expect(parts.readyForQuery).toBe(true);
  await client.end();
  expect(parts._ending).toBe(true);
});

it('tells on its connection what was completed, reported and refused, and takes a refusal from there', async () => {
  const client = new pg.Client(url());
  const parts = client as unknown as Parts & { readonly connection: NodeJS.EventEmitter };
  const seen: unknown[] = [];
  parts.connection.on('commandComplete', ({ text }) => seen.push([text, parts._activeQuery?.text]));
  parts.connection.on('errorMessage', ({ code }) => seen.push(code));
  await client.connect();
  parts.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
    seen.push([parameterName, parameterValue, parts._activeQuery?.text]);
  });

  await client.query('SET IntervalStyle = iso_8601');
  // The refusal may arrive before the end of its answer.
  const ended = once(client, 'drain');
  await client.query('SELECT 1 / 0').catch(() => {});
  await ended;
  parts.connection.prependOnceListener('readyForQuery', () => parts.connection.emit('errorMessage', new Error('ours')));

  await expect(client.query('SELECT 1')).rejects.toThrow('ours');
  expect((await client.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
  expect(seen.slice(0, 3)).toEqual([
    ['SET', 'SET IntervalStyle = iso_8601'],
    ['IntervalStyle', 'iso_8601', 'SET IntervalStyle = iso_8601'],
    '22012',
  ]);
  await client.end();
});

it('tells a query that its time is over by handleError, before anybody who awaits it goes on', async () => {
  const client = new pg.Client({ connectionString: url(), query_timeout: 20 });
  await client.connect();
  const heard: string[] = [];
  const query = new pg.Query('SELECT pg_sleep(20)') as pg.Query & { handleError(error: Error): void };
  query.handleError = ({ message }) => void heard.push(message);
  const answer = new Promise((_resolve, reject) => Object.assign(query, { callback: reject }));
  client.query(query);

  await expect(answer).rejects.toThrow('Query read timeout');

  expect(heard).toEqual(['Query read timeout']);
  expect((client as unknown as Parts)._activeQuery).toBe(query);
  await client.end();
});

it('hands a client out by giving it a release, which closes it for an error', async () => {
  const given: unknown[] = [];
  class Watched extends pg.Client {
    set release(release: unknown) {
      given.push(release);
    }
  }
  const pool = new pg.Pool({ connectionString: url(), max: 1, Client: Watched as never });
  const made: unknown[] = [];
  pool.on('connect', () => made.push(given.length));

  await pool.connect();
  (given[0] as () => void)();
  expect([pool.totalCount, pool.idleCount]).toEqual([1, 1]);
  await pool.connect();
  (given[1] as (error: Error) => void)(new Error('of ours'));

  expect([pool.totalCount, given.length, made]).toEqual([0, 2, [0]]);
  await pool.end();
});

it('makes all clients of a pool with its options, and lets go of an idle one that reports an error', async () => {
  const configs = new Set<unknown>();
  class Watched extends pg.Client {
    constructor(config: pg.ClientConfig) {
      super(config);
      configs.add(config);
    }
  }
  const pool = new pg.Pool({ connectionString: url(), max: 2, Client: Watched as never });
  const errors: Error[] = [];
  pool.on('error', (error) => errors.push(error));
  const clients = [await pool.connect(), await pool.connect()];
  for (const client of clients) client.release();

  clients[0]!.emit('error', new Error('of ours'));

  expect([...configs]).toEqual([pool.options]);
  expect([...configs][0]).toBe(pool.options);
  expect([pool.totalCount, pool.idleCount, errors.length]).toEqual([1, 1, 1]);
  await pool.end();
});

it('lets a pool hand out what is idle before it is asked a second time, as `connect` would a tick later', async () => {
  const pool = new pg.Pool({ connectionString: url(), max: 1, connectionTimeoutMillis: 5_000 });
  const taken: string[] = [];
  const events: string[] = [];
  pool.on('acquire', () => void events.push('acquire'));
  pool.on('release', () => void events.push('release'));
  const take = (name: string): pg.PoolClient | null => {
    let client: pg.PoolClient | null = null;
    const isTaken = takeIdle(pool, (error, one) => {
      taken.push(error?.message ?? name);
      client = one ?? null;
    });
    if (!isTaken) taken.push(`not ${name}`);
    return client;
  };

  take('of an empty pool');
  (await pool.connect()).release();
  const first = take('the idle one')!;
  take('one that somebody has');
  const waiting = pool.connect();
  first.release();
  take('one that somebody waits for');
  const second = await waiting;
  const { rows } = await second.query<{ one: number }>('SELECT 1 AS one');
  second.release();

  expect(taken).toEqual([
    'not of an empty pool',
    'the idle one',
    'not one that somebody has',
    'not one that somebody waits for',
  ]);
  expect(second).toBe(first);
  expect(rows).toEqual([{ one: 1 }]);
  expect(events).toEqual(['acquire', 'release', 'acquire', 'release', 'acquire', 'release']);
  const ended = pool.end();
  expect(takeIdle(pool, () => taken.push('of a pool that ends'))).toBe(false);
  await ended;
});
