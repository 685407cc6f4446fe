import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { guardedPool } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { poolOf } from '../fixture/pool-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const a = tenant('a');
// Long enough for what is not to be given up, on a slow machine.
const settings = { max: 1, query_timeout: 1_000 };

let test: TestDatabase;
let admin: pg.Client;
/** A transaction of TypeORM's that pg gives up in the middle of, once the server has gone on. */
let givenUp: (dataSource: DataSource) => Promise<unknown>;

async function open(pool: object): Promise<void> {
  test = await testDatabase([ArticleRow], { ...pool, poolErrorHandler: () => {} });
  admin = new pg.Client(test.url);
  await admin.connect();
  await admin.query('CREATE TABLE entries (name text)');
}

beforeEach(() => {
  givenUp = async (dataSource) => {
    await admin.query('SELECT pg_advisory_lock(7)');
    const outcome = dataSource
      .transaction(async (manager) => {
        await manager.query(`INSERT INTO entries VALUES ('given up')`);
        await manager.query('SELECT pg_advisory_xact_lock(7)');
      })
      .catch((error: unknown) => error);
    const error = await outcome;
    await admin.query('SELECT pg_advisory_unlock(7)');
    await idle();
    return error;
  };
});
afterEach(async () => {
  await admin.end();
  await test.close();
});

const names = async (): Promise<string[]> => {
  const { rows } = await admin.query<{ name: string }>('SELECT name FROM entries ORDER BY name');
  return rows.map(({ name }) => name);
};

/** Until no server process of this database is at work. */
async function idle(): Promise<void> {
  for (let busy = 1; busy > 0;) {
    const { rows } = await admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()`,
    );
    busy = rows.length;
  }
}

describe('a query that pg gives up within a transaction', () => {
  it('without the guard: takes the writes of whoever comes next into a transaction that nobody commits', async () => {
    await open({ extra: settings });
    expect(await givenUp(test.dataSource)).toMatchObject({ message: 'Query read timeout' });

    await test.dataSource.query(`INSERT INTO entries VALUES ('acknowledged')`);

    expect(await names()).toEqual([]);
    // Which a third one then commits, with what had failed.
    await test.dataSource.transaction((manager) => manager.query(`INSERT INTO entries VALUES ('third')`));
    expect(await names()).toEqual(['acknowledged', 'given up', 'third']);
  });

  it('with the guard: ends with its connection, and the next one is good', async () => {
    await open(guardedPool(settings));
    const { rows: before } = await poolOf(test.dataSource).query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    expect(await givenUp(test.dataSource)).toMatchObject({ message: 'Query read timeout' });

    await test.dataSource.query(`INSERT INTO entries VALUES ('acknowledged')`);

    expect(await names()).toEqual(['acknowledged']);
    const { rows: after } = await poolOf(test.dataSource).query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    expect(after).not.toEqual(before);
  });
});

describe('with the guard, a connection whose query pg gives up is closed at once, and no other', () => {
  beforeEach(async () => {
    await open(guardedPool({ ...settings, max: 2 }));
    await admin.query('SELECT pg_advisory_lock(7)');
  });
  const gone = async (use: () => Promise<unknown>): Promise<void> => {
    const pool = poolOf(test.dataSource);
    // Two connections, so that it would show if the other one were taken for suspect.
    await Promise.all([pool.query('SELECT pg_sleep(0.01)'), pool.query('SELECT pg_sleep(0.01)')]);
    await expect(use()).rejects.toBeInstanceOf(Error);
    expect(test.database.poolFigures()).toMatchObject({ total: 1, idle: 1 });
    await admin.query('SELECT pg_advisory_unlock(7)');
    await idle();
    expect(await test.database.execute(articles.count(a, {}))).toBe(0);
  };

  it('by a promise', () =>
    gone(async () => {
      const client = await poolOf(test.dataSource).connect();
      try {
        await client.query('SELECT pg_advisory_lock(7)');
      } finally {
        client.release();
      }
    }));

  it('before it is given back', () =>
    gone(async () => {
      const client = await poolOf(test.dataSource).connect();
      const ended = new Promise((resolve) => client.once('end', resolve));
      try {
        await client.query('SELECT pg_advisory_lock(7)');
      } finally {
        await ended;
        client.release();
      }
    }));

  it('by a callback, which gives the connection back within it', () =>
    gone(async () => {
      const client = await poolOf(test.dataSource).connect();
      const { promise, reject } = deferred();
      client.query('SELECT pg_advisory_lock(7)', (error: Error) => {
        client.release();
        reject(error);
      });
      return promise;
    }));

  it('by the timeout of the query alone', async () => {
    const patient = guardedPool({ max: 1 });
    const other = await testDatabase([ArticleRow], patient);
    const lock = { text: 'SELECT pg_sleep(20)', query_timeout: 50 };
    const client = await poolOf(other.dataSource).connect();

    await expect(client.query(lock as pg.QueryConfig)).rejects.toThrow('Query read timeout');

    client.release();
    expect(poolOf(other.dataSource).totalCount).toBe(0);
    await other.close();
    await admin.query('SELECT pg_advisory_unlock(7)');
  });

  it('by a query of its own kind', () =>
    gone(async () => {
      const client = await poolOf(test.dataSource).connect();
      const { promise, reject } = deferred();
      const query = Object.assign(new pg.Query('SELECT pg_advisory_lock(7)'), {
        callback(error: Error) {
          client.release();
          reject(error);
        },
      });
      client.query(query);
      return promise;
    }));

  it('by pool.query', () => gone(() => poolOf(test.dataSource).query('SELECT pg_advisory_lock(7)')));

  it('by a dbSession', () =>
    gone(() => test.database.beginSession((dbSession) => dbSession.sql`SELECT pg_advisory_xact_lock(7)`)));

  it('by a spec', async () => {
    const { id } = await test.database.execute(articles.create(a, article()));
    await admin.query('BEGIN');
    await admin.query('LOCK TABLE articles IN ACCESS EXCLUSIVE MODE');

    await expect(test.database.execute(articles.get(a, id))).rejects.toMatchObject({ name: 'ConnectionLost' });

    await admin.query('ROLLBACK');
    await idle();
    expect(await test.database.execute(articles.get(a, id))).toMatchObject({ id });
    await admin.query('SELECT pg_advisory_unlock(7)');
  });
});

it('with the guard, a query that only waited for its turn costs no connection, and rejects as before', async () => {
  await open(guardedPool({ max: 1 }));
  const client = await poolOf(test.dataSource).connect();
  await admin.query('SELECT pg_advisory_lock(7)');
  const first = client.query('SELECT pg_advisory_xact_lock(7)');

  await expect(client.query({ text: 'SELECT 1', query_timeout: 20 } as pg.QueryConfig)).rejects.toThrow('timeout');

  await admin.query('SELECT pg_advisory_unlock(7)');
  await first;
  client.release();
  expect(poolOf(test.dataSource).idleCount).toBe(1);
});

function deferred(): { promise: Promise<never>; reject(error: Error): void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_resolve, rejected) => (reject = rejected));
  return { promise, reject };
}
