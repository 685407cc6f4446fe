import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Database, guardedPool } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { articles, tenant } from '../fixture/articles.js';
import { type FaultyProxy, faultyProxy } from '../fixture/faulty-proxy.js';
import { poolOf } from '../fixture/pool-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const a = tenant('a');
const MANY = 5;

let test: TestDatabase;
let proxy: FaultyProxy;
let admin: pg.Client;
let dataSource: DataSource;
let database: Database;

async function open(pool: object): Promise<void> {
  const options = { type: 'postgres', url: proxy.url, entities: [ArticleRow], poolErrorHandler: () => {}, ...pool };
  dataSource = await new DataSource(options as never).initialize();
  database = new Database(dataSource);
}

/** Opens all connections of the pool, and gives them back. */
async function fill(): Promise<void> {
  const clients = await Promise.all(Array.from({ length: MANY }, () => poolOf(dataSource).connect()));
  for (const client of clients) client.release();
  expect(poolOf(dataSource).idleCount).toBe(MANY);
}

async function failures(request: () => Promise<unknown>): Promise<number> {
  let failed = 0;
  for (let i = 0; i < 2 * MANY; i++) await request().catch(() => failed++);
  return failed;
}

const requests: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['specs', () => database.execute(articles.count(a, {}))],
  ['dbSessions', () => database.beginSession((dbSession) => dbSession.execute(articles.count(a, {})))],
  ["TypeORM's queries", () => dataSource.query('SELECT 1')],
  ["TypeORM's transactions", () => dataSource.transaction((manager) => manager.query('SELECT 1'))],
  ['pool.query', () => poolOf(dataSource).query('SELECT 1')],
];

beforeEach(async () => {
  test = await testDatabase([ArticleRow]);
  proxy = await faultyProxy(test.url);
  admin = new pg.Client(test.url);
  await admin.connect();
});
afterEach(async () => {
  await dataSource.destroy();
  await admin.end();
  proxy.close();
  await test.close();
});

describe('connections that are dead and do not look it', () => {
  it('without the guard: fail one request each', async () => {
    await open({ extra: { max: MANY } });
    await fill();
    proxy.resetAtNextWord();

    expect(await failures(() => dataSource.query('SELECT 1'))).toBe(MANY);
  });

  it.each(requests)('with the guard: fail one request of all, by %s', async (_name, request) => {
    await open(guardedPool({ max: MANY }));
    await fill();
    proxy.resetAtNextWord();

    expect(await failures(request)).toBe(1);
  });
});

it.each(requests)('connections that the server has ended fail one request at most, by %s', async (_name, request) => {
  await open(guardedPool({ max: MANY }));
  await fill();
  await admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );

  expect(await failures(request)).toBeLessThanOrEqual(1);
});

it('a connection that is in use when the server goes is closed when it is given back, and not before', async () => {
  await open(guardedPool({ max: 2 }));
  const pool = poolOf(dataSource);
  const [kept, ended] = [await pool.connect(), await pool.connect()];
  const pid = async (client: pg.PoolClient): Promise<number> =>
    (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
  const before = await pid(kept);
  await Promise.all([
    new Promise((resolve) => ended.once('end', resolve)),
    admin.query('SELECT pg_terminate_backend($1)', [await pid(ended)]),
  ]);
  ended.release();

  expect(await pid(kept)).toBe(before);
  kept.release();

  expect(await failures(() => pool.query('SELECT 1'))).toBe(0);
  const next = await pool.connect();
  expect(await pid(next)).not.toBe(before);
  next.release();
});

it('connections that were made since are kept, whatever the old ones still show', async () => {
  await open(guardedPool({ max: 3 }));
  const pool = poolOf(dataSource);
  const old = [await pool.connect(), await pool.connect()];
  const died = old.map((client) => new Promise((resolve) => client.once('end', resolve)));
  const pids = await Promise.all(old.map(async (c) => (await c.query('SELECT pg_backend_pid() AS pid')).rows[0].pid));
  await admin.query('SELECT pg_terminate_backend($1)', [pids[0]]);
  await died[0];
  const { rows: before } = await pool.query('SELECT pg_backend_pid() AS pid');

  await admin.query('SELECT pg_terminate_backend($1)', [pids[1]]);
  await died[1];

  expect((await pool.query('SELECT pg_backend_pid() AS pid')).rows).toEqual(before);
  for (const client of old) client.release();
});

describe('a write that reaches a server which only reads', () => {
  beforeEach(async () => {
    await open(guardedPool({ max: MANY }));
    await fill();
  });
  const insert = 'CREATE TABLE written ()';
  const total = (): number => poolOf(dataSource).totalCount;

  it('closes the other connections, too, for the next server may take it', async () => {
    const [{ name }] = await dataSource.query<[{ name: string }]>('SELECT current_database() AS name');
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await dataSource.destroy();
    await open(guardedPool({ max: MANY }));
    await fill();
    await admin.query('BEGIN READ WRITE');
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = off`);
    await admin.query('COMMIT');

    expect(await failures(() => dataSource.query(`${insert}; DROP TABLE written`))).toBe(1);
  });

  it('says nothing of the server where the transaction was to read', async () => {
    await dataSource.transaction(async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      await expect(manager.query(insert)).rejects.toMatchObject({ code: '25006' });
      await manager.query('ROLLBACK');
    });
    await expect(
      database.beginReadonlySession((dbSession) => dbSession.sql`CREATE TABLE written ()`),
    ).rejects.toMatchObject({
      name: 'ReadOnlyTransaction',
    });

    expect(total()).toBe(MANY);
  });
});

it('what one connection ends with for reasons of its own leaves the others alone', async () => {
  await open(guardedPool({ max: MANY, idle_in_transaction_session_timeout: 20 }));
  await fill();
  const client = await poolOf(dataSource).connect();
  const ended = new Promise((resolve) => client.once('end', resolve));

  await client.query('BEGIN');
  await ended;
  client.release();

  expect(poolOf(dataSource).totalCount).toBe(MANY - 1);
});

it('whoever sees what a client cannot may have all of them closed', async () => {
  await open(guardedPool({ max: MANY }));
  await fill();
  const { rows } = await admin.query(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  const { ConnectionPool } = await import('../../src/wire/connection-pool.js');

  new ConnectionPool(dataSource).suspect();

  expect(poolOf(dataSource).totalCount).toBe(0);
  const { pid } = (await poolOf(dataSource).query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!;
  expect(rows).not.toContainEqual({ pid });
});
