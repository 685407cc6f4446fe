import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { guardedPool, TransactionAborted } from '../../src/index.js';
import { poolOf } from '../fixture/pool-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

/** Work that goes on after one of its statements has failed, as if nothing had happened. */
async function careless(manager: EntityManager): Promise<string> {
  await manager.query(`INSERT INTO entries VALUES (1, 'first')`);
  await manager.query(`INSERT INTO entries VALUES (1, 'again')`).catch(() => {});
  return 'done';
}

describe.each([
  ['without the guard', { extra: { max: 1 } }, false],
  ['with the guard', guardedPool({ max: 1 }), true],
] as const)('%s, a transaction that the server rolls back at its commit', (_name, pool, isGuarded) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase([], pool);
    await test.dataSource.query('CREATE TABLE entries (id int PRIMARY KEY, name text)');
  });
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE entries'));

  it(isGuarded ? 'rejects' : 'resolves, and nothing is stored', async () => {
    const outcome = test.dataSource.transaction(careless);

    if (isGuarded) await expect(outcome).rejects.toMatchObject({ driverError: expect.any(TransactionAborted) });
    else expect(await outcome).toBe('done');
    expect(await test.dataSource.query('SELECT * FROM entries')).toEqual([]);
  });
});

describe('with the guard', () => {
  let test: TestDatabase;
  let client: pg.PoolClient;

  beforeAll(async () => {
    test = await testDatabase([], guardedPool({ max: 1 }));
    client = await poolOf(test.dataSource).connect();
  });
  afterAll(async () => {
    client.release();
    await test.close();
  });

  const failed = async (): Promise<void> => {
    await client.query('BEGIN');
    await client.query('SELECT 1 / 0').catch(() => {});
  };
  const aborted = {
    name: 'TransactionAborted',
    sqlState: '25P02',
    outcome: 'not-committed',
    retryable: false,
  };
  const status = (): unknown => (client as unknown as { _txStatus: unknown })._txStatus;

  it.each([
    'COMMIT',
    'commit;',
    ' Commit Work ;',
    'END',
    'end transaction;',
    '/* traceparent=1 */ COMMIT -- done',
    'COMMIT; SELECT 1',
    'COMMIT AND CHAIN',
  ])('%s of a transaction that has failed is refused, and the connection is good', async (commit) => {
    await failed();

    await expect(client.query(commit)).rejects.toMatchObject(aborted);

    if (commit.endsWith('CHAIN')) await client.query('ROLLBACK');
    expect(status()).toBe('I');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('is refused by a callback, by a query with a name, and by one of its own kind', async () => {
    for (const commit of [
      () => new Promise((resolve, reject) => client.query('COMMIT', (e: Error) => (e ? reject(e) : resolve(null)))),
      () => client.query({ name: 'commit', text: 'COMMIT' }),
      () => client.query({ name: 'commit', text: 'COMMIT' }),
      () =>
        new Promise((resolve, reject) => {
          client.query(new pg.Query('COMMIT')).on('error', reject).on('end', resolve);
        }),
    ]) {
      await failed();
      await expect(commit()).rejects.toMatchObject(aborted);
      expect(status()).toBe('I');
    }
  });

  it.each(['ROLLBACK', 'ROLLBACK; SELECT 1', 'ABORT', `ROLLBACK /* not COMMIT */`, `SELECT 'COMMIT'; ROLLBACK`])(
    '%s is what it is',
    async (rollback) => {
      await client.query('BEGIN');
      if (!rollback.startsWith('SELECT')) await client.query('SELECT 1 / 0').catch(() => {});

      await client.query(rollback);

      expect(status()).toBe('I');
    },
  );

  it.each(['COMMIT', 'BEGIN; COMMIT', 'BEGIN; SELECT 1; COMMIT; SELECT 2'])('%s that commits resolves', async (sql) => {
    await client.query(sql);

    expect(status()).toBe('I');
  });

  it('a savepoint that is undone leaves a transaction that commits', async () => {
    await client.query('BEGIN; SAVEPOINT one');
    await client.query('SELECT 1 / 0').catch(() => {});
    await client.query('ROLLBACK TO one');

    expect((await client.query('COMMIT')).command).toBe('COMMIT');
  });
});
