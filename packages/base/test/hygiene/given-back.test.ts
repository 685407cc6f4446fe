import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import QueryStream from 'pg-query-stream';
import { guardedPool } from '../../src/index.js';
import { type FaultyProxy, faultyProxy } from '../fixture/faulty-proxy.js';
import { poolOf } from '../fixture/pool-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

let test: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  test = await testDatabase([], guardedPool({ max: 1 }));
  pool = poolOf(test.dataSource);
  await pool.query('CREATE TABLE entries (id int PRIMARY KEY, name text)');
});
afterEach(() => test.close());

const pid = async (): Promise<number> => {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
};
const stored = async (): Promise<unknown[]> => (await pool.query('SELECT name FROM entries')).rows;
const insert = `INSERT INTO entries VALUES (1, 'one')`;

it('a connection that pg gives back within a transaction is closed, and the transaction with it', async () => {
  const before = await pid();
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(insert);

  client.release();

  expect(await stored()).toEqual([]);
  expect(await pid()).not.toBe(before);
});

it('a connection that is given back within a failed transaction is closed', async () => {
  const before = await pid();
  const client = await pool.connect();
  await client.query('BEGIN; SELECT 1 / 0').catch(() => {});

  client.release();

  expect(await pid()).not.toBe(before);
});

it('a query runner of TypeORM that is given back within a transaction takes nothing with it', async () => {
  const before = await pid();
  const runner = test.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query(insert);

  await runner.release();

  expect(await stored()).toEqual([]);
  expect(await pid()).not.toBe(before);
});

it('pool.query that begins a transaction keeps it for nobody', async () => {
  await pool.query('BEGIN');
  await pool.query(insert);

  expect(await stored()).toEqual([{ name: 'one' }]);
});

it('a connection with a query that nobody waited for is closed', async () => {
  const before = await pid();
  const client = await pool.connect();
  const forgotten = client.query('SELECT pg_sleep(20)').catch((error: Error) => error.message);

  client.release();

  expect(await forgotten).toMatch('Connection terminated');
  expect(await pid()).not.toBe(before);
});

it('a connection that is given back twice says so, as pg does, and not to who has it next', async () => {
  const first = await new Promise<(() => void)[]>((resolve, reject) => {
    pool.connect((error, client, release) => (error ? reject(error) : resolve([release, () => client!.release()])));
  });
  first[0]!();

  for (const release of first) expect(release).toThrow('already been released');

  const next = await pool.connect();
  expect(first[0]).toThrow('already been released');
  expect(pool.idleCount).toBe(0);
  next.release();
  expect(pool.idleCount).toBe(1);
});

it('a connection that is good is kept, whoever used it', async () => {
  const before = await pid();

  await test.dataSource.transaction((manager) => manager.query(insert));
  await test.dataSource.transaction((manager) => manager.query(insert)).catch(() => {});
  await pool.query('COPY (SELECT 1) TO STDOUT').catch(() => {});
  await test.database.beginSession((dbSession) => dbSession.sql`SELECT 1 / 0`).catch(() => {});
  const client = await pool.connect();
  for await (const row of client.query(new QueryStream('SELECT 1 AS one'))) expect(row).toEqual({ one: 1 });
  client.release();

  expect(await pid()).toBe(before);
});

it('a connection that is given back with an error is closed, as by pg', async () => {
  const before = await pid();
  const client = await pool.connect();

  client.release(new Error('of the application'));

  expect(await pid()).not.toBe(before);
});

it('connections that expire while they are idle are closed as pg does it', async () => {
  const short = await testDatabase([], guardedPool({ max: 1, maxLifetimeSeconds: 0.05 }));
  const removed = new Promise((resolve) => poolOf(short.dataSource).once('remove', resolve));
  await short.dataSource.query('SELECT 1');

  await removed;

  expect(await short.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await short.close();
});

it('a pool that ends while a connection is out waits for it, and closes it', async () => {
  const other = await testDatabase([], guardedPool({ max: 1 }));
  const client = await poolOf(other.dataSource).connect();
  const ended = other.dataSource.destroy();

  client.release();

  await ended;
  expect(poolOf(other.dataSource)?.totalCount ?? 0).toBe(0);
});

it('uses that are over count for maxUses, as by pg', async () => {
  const other = await testDatabase([], guardedPool({ max: 1, maxUses: 2 }));
  const pids = new Set<unknown>();
  for (let i = 0; i < 4; i++) {
    pids.add(JSON.stringify(await other.dataSource.query('SELECT pg_backend_pid()')));
  }
  expect(pids.size).toBeGreaterThan(1);
  await other.close();
});

it('what follows an error is waited for, and tells what becomes of the connection', async () => {
  const proxy: FaultyProxy = await faultyProxy(test.url);
  const slow = new pg.Pool({ ...poolOf(test.dataSource).options, connectionString: proxy.url } as pg.PoolConfig);
  const client = await slow.connect();
  const { rows: before } = await client.query('SELECT pg_backend_pid()');
  proxy.holdReady();
  await expect(client.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });

  client.release();

  expect([slow.totalCount, slow.idleCount]).toEqual([1, 0]);
  const next = slow.connect();
  proxy.letGo();
  const again = await next;
  expect((await again.query('SELECT pg_backend_pid()')).rows).toEqual(before);

  // The state that was known before the answer is not the one after it.
  proxy.holdReady();
  await again.query('BEGIN; SELECT 1 / 0').catch(() => {});
  again.release();
  const third = slow.connect();
  proxy.letGo();
  const other = await third;
  expect((await other.query('SELECT pg_backend_pid()')).rows).not.toEqual(before);
  other.release();
  await slow.end();
  proxy.close();
});
