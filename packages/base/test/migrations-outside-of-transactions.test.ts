import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { AdvisoryLockLost, Database, guardedPool, MigrationFailed } from '../src/index.js';
import { migration } from './fixture/migration.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const create = migration('Create1700000000001', { up: 'CREATE TABLE firsts (id int)', down: 'DROP TABLE firsts' });
const index = migration('Index1700000000002', {
  up: 'CREATE INDEX CONCURRENTLY firsts_id ON firsts (id)',
  down: 'DROP INDEX CONCURRENTLY firsts_id',
  transaction: false,
});
const fill = migration('Fill1700000000003', { up: 'INSERT INTO firsts VALUES (1)', down: 'DELETE FROM firsts' });
const names = ['Create1700000000001', 'Index1700000000002', 'Fill1700000000003'];

describe('a migration outside of transactions', () => {
  let test: TestDatabase;

  beforeEach(async () => void (test = await testDatabase([], guardedPool({ max: 8 }))));
  afterEach(() => test.close());

  const indexes = async (): Promise<unknown> =>
    test.dataSource.query(`SELECT indexrelid::regclass::text AS index, indisvalid AS is_valid FROM pg_index
                           WHERE indrelid = to_regclass('firsts')`);

  it('is applied in its turn, and undone in its turn', async () => {
    expect(await test.database.migrate([create, index, fill])).toEqual(names);
    expect(await indexes()).toEqual([{ index: 'firsts_id', is_valid: true }]);

    expect(await test.database.revertMigrations([create, index, fill], { steps: 2 })).toEqual([
      'Fill1700000000003',
      'Index1700000000002',
    ]);
    expect(await indexes()).toEqual([]);
  });

  it('is not held up by those who wait to do the same', async () => {
    // CREATE INDEX CONCURRENTLY waits for every statement that began before it, one that waits for a lock included.
    const databases = Array.from({ length: 4 }, () => new Database(test.dataSource));

    const applied = await Promise.all(databases.map((database) => database.migrate([create, index, fill])));

    expect(applied.flat().sort()).toEqual([...names].sort());
    expect(await indexes()).toEqual([{ index: 'firsts_id', is_valid: true }]);
  });

  it('keeps what was applied before it when it fails, and is not recorded', async () => {
    const broken = migration('Broken1700000000002', {
      up: 'CREATE INDEX CONCURRENTLY ON nowhere (id)',
      transaction: false,
    });

    const error = await test.database.migrate([create, broken, fill]).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(MigrationFailed);
    expect(error).toMatchObject({ migration: 'Broken1700000000002' });
    expect(await test.dataSource.query('SELECT name FROM migrations')).toEqual([{ name: 'Create1700000000001' }]);
    expect(await test.database.migrate([create, index])).toEqual(['Index1700000000002']);
  });

  it('is not recorded when its lock was lost meanwhile', async () => {
    const cut = migration('Cut1700000000002', {
      up: `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      transaction: false,
    });

    const error = await test.database.migrate([create, cut]).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(AdvisoryLockLost);
    expect(error).toMatchObject({ code: 'database_generic_unreachable', outcome: 'unknown', lock: 'migrations' });
    expect(await test.dataSource.query('SELECT name FROM migrations')).toEqual([{ name: 'Create1700000000001' }]);
  });

  it('leaves no setting of its connection to others', async () => {
    const set = migration('Set1700000000001', { up: `SET application_name = 'left behind'`, transaction: false });

    await test.database.migrate([set]);

    for (const dbSession of Array.from({ length: 3 }, () => test.dataSource.query('SHOW application_name'))) {
      expect(await dbSession).not.toEqual([{ application_name: 'left behind' }]);
    }
  });

  it('is refused by a pool of one connection, instead of waiting for a second one', async () => {
    const one = await testDatabase([], guardedPool({ max: 1 }));

    await expect(one.database.migrate([create, index])).rejects.toBeInstanceOf(Misuse);

    await one.close();
  });

  it('is what a statement is told to ask for that cannot run in a transaction', async () => {
    const inside = migration('Inside1700000000002', { up: 'CREATE INDEX CONCURRENTLY ON firsts (id)' });

    const error = await test.database.migrate([create, inside]).catch((thrown: unknown) => thrown);

    expect((error as MigrationFailed).cause).toBeInstanceOf(Misuse);
    expect(String((error as MigrationFailed).cause)).toContain('transaction = false');
  });
});
