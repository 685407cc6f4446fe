import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { guardedPool } from '../../src/index.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

describe('a connection goes back to its pool', () => {
  let test: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    test = await testDatabase([], guardedPool({ max: 1 }));
    ({ master: pool } = test.dataSource.driver as unknown as { master: pg.Pool });
    await pool.query('CREATE TABLE plans (id int)');
  });
  afterAll(() => test.close());

  /** Whether the same connection is handed out again after some queries of pg's own, of which the last one fails. */
  async function isUsedAgain(...queries: readonly (string | pg.QueryConfig)[]): Promise<boolean> {
    const client = await pool.connect();
    for (const query of queries.slice(0, -1)) await client.query(query);
    await expect(client.query(queries.at(-1)!)).rejects.toMatchObject({ severity: 'ERROR' });
    await client.query('ROLLBACK');
    client.release();
    const next = await pool.connect();
    next.release();
    return next === client;
  }

  const plan = { name: 'plan', text: 'SELECT * FROM plans' };

  it('after an error that says nothing of it', async () => {
    expect(await isUsedAgain('SELECT 1 / 0')).toBe(true);
  });

  it.each<readonly [string, ...(readonly (string | pg.QueryConfig)[])]>([
    ['keeps a plan that the tables have left behind', plan, 'ALTER TABLE plans ADD COLUMN name text', plan],
    ['has forgotten what was prepared on it', plan, 'DEALLOCATE ALL', plan],
    ['has a statement of that name already', 'PREPARE taken AS SELECT 1', { name: 'taken', text: 'SELECT 2' }],
    ['is in a transaction that should not be', 'BEGIN', 'VACUUM'],
  ])('but not if the error says that it %s', async (_title, ...queries) => {
    expect(await isUsedAgain(...queries)).toBe(false);
  });
});
