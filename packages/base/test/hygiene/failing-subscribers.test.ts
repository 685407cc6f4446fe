import { afterEach, expect, it } from '@jest/globals';
import { guardedPool } from '../../src/index.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

let test: TestDatabase;
afterEach(() => test.close());

/** Somebody who listens to transactions, and fails when one has been committed. */
class Failing {
  afterTransactionCommit(): never {
    throw new Error('of the subscriber');
  }
}

const insert = `INSERT INTO entries VALUES ('stored')`;
const pools = [
  ['a stock pool', { extra: { max: 1 } }],
  ['the guarded pool', guardedPool({ max: 1 })],
] as const;

async function open(pool: object): Promise<void> {
  test = await testDatabase([], pool);
  await test.dataSource.query('CREATE TABLE entries (name text)');
  test.dataSource.subscribers.push(new Failing());
}

it.each(pools)(
  "over %s, TypeORM's transaction rejects though it is stored: who makes it again doubles it",
  async (_name, pool) => {
    await open(pool);

    await expect(test.dataSource.transaction((manager) => manager.query(insert))).rejects.toThrow('of the subscriber');

    expect(await test.dataSource.query('SELECT name FROM entries')).toEqual([{ name: 'stored' }]);
  },
);

it.each(pools)('over %s, a dbSession resolves, and its commit stands', async (_name, pool) => {
  await open(pool);

  const outcome = test.database.beginSession(async (dbSession) => {
    await dbSession.manager.query(insert);
    return 'done';
  });

  expect(await outcome).toBe('done');
  expect(await test.dataSource.query('SELECT name FROM entries')).toEqual([{ name: 'stored' }]);
});
