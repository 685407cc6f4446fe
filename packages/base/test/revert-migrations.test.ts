import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { Database, MigrationFailed } from '../src/index.js';
import { migration } from './fixture/migration.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const first = migration('First1700000000001', { up: 'CREATE TABLE firsts (id int)', down: 'DROP TABLE firsts' });
const second = migration('Second1700000000002', {
  up: 'ALTER TABLE firsts ADD name text',
  down: 'ALTER TABLE firsts DROP name',
});
const third = migration('Third1700000000003', { up: 'CREATE TABLE thirds (id int)', down: 'DROP TABLE thirds' });
const all = [first, second, third];

describe('revertMigrations', () => {
  let test: TestDatabase;

  beforeEach(async () => {
    test = await testDatabase([]);
    await test.database.migrate(all);
  });
  afterEach(() => test.close());

  const recorded = async (): Promise<readonly string[]> => {
    const rows = await test.dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
    return rows.map(({ name }) => name);
  };

  it('undoes so many steps, the last applied first', async () => {
    expect(await test.database.revertMigrations(all, { steps: 2 })).toEqual([
      'Third1700000000003',
      'Second1700000000002',
    ]);
    expect(await recorded()).toEqual(['First1700000000001']);
    expect(await test.database.migrate(all)).toEqual(['Second1700000000002', 'Third1700000000003']);
  });

  it('undoes what was applied after a migration, and everything after none', async () => {
    expect(await test.database.revertMigrations(all, { to: 'Second1700000000002' })).toEqual(['Third1700000000003']);
    expect(await test.database.revertMigrations(all, { to: 'Second1700000000002' })).toEqual([]);
    expect(await test.database.revertMigrations(all, { to: null })).toEqual([
      'Second1700000000002',
      'First1700000000001',
    ]);
    expect(await recorded()).toEqual([]);
    expect(await test.database.revertMigrations(all, { steps: 1 })).toEqual([]);
  });

  it('follows the order of applying where an older one came later', async () => {
    const older = migration('Older1600000000000', { up: 'CREATE TABLE olders (id int)', down: 'DROP TABLE olders' });
    await test.database.migrate([older, ...all]);

    expect(await test.database.revertMigrations([older, ...all], { steps: 1 })).toEqual(['Older1600000000000']);
  });

  it('lets one of many work and the others find it done', async () => {
    const databases = Array.from({ length: 4 }, () => new Database(test.dataSource));
    const to = { to: 'First1700000000001' };

    const undone = await Promise.all(databases.map((database) => database.revertMigrations(all, to)));

    expect(undone.flat()).toEqual(['Third1700000000003', 'Second1700000000002']);
  });

  it('undoes nothing when one of them fails', async () => {
    const broken = migration('Second1700000000002', { up: '', down: 'SELECT nonsense' });

    const error = await test.database.revertMigrations([first, broken, third], { to: null }).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(MigrationFailed);
    expect(error).toMatchObject({ migration: 'Second1700000000002', direction: 'down' });
    expect(await recorded()).toHaveLength(3);
  });

  it('undoes nothing when one of them is not in the list', async () => {
    await expect(test.database.revertMigrations([first, third], { to: null })).rejects.toThrow(
      new Misuse('To be undone, but not in the list: Second1700000000002. Nothing of them was undone.'),
    );
    expect(await recorded()).toHaveLength(3);
    expect(await test.database.revertMigrations([third], { steps: 1 })).toEqual(['Third1700000000003']);
  });

  it('refuses a target that was never reached, and targets that say nothing', async () => {
    const refused = [{ to: 'Never1700000000009' }, { steps: 0 }, { steps: 1.5 }, {}, { to: null, steps: 1 }];
    for (const target of refused) {
      await expect(test.database.revertMigrations(all, target as never)).rejects.toBeInstanceOf(Misuse);
    }
    expect(await recorded()).toHaveLength(3);
  });
});
