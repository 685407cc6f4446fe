import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { AdvisoryLockNotAvailable, Database, DatabaseError, MigrationFailed } from '../src/index.js';
import { allGivenBack } from './fixture/all-given-back.js';
import { migration } from './fixture/migration.js';
import { Program } from './fixture/program.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const first = migration('First1700000000001', { up: 'CREATE TABLE firsts (id int)' });
const second = migration('Second1700000000002', { up: 'ALTER TABLE firsts ADD name text' });

describe('migrate', () => {
  let test: TestDatabase;

  beforeEach(async () => void (test = await testDatabase([])));
  afterEach(async () => {
    Program.killAll();
    await test.close();
  });

  const tables = (): Promise<unknown> =>
    test.dataSource.query(`SELECT to_regclass('firsts') AS firsts, to_regclass('migrations') AS migrations`);

  it('applies what is not yet applied, in the order of the timestamps', async () => {
    expect(await test.database.migrate([second, first])).toEqual(['First1700000000001', 'Second1700000000002']);
    expect(await test.database.migrate([first, second])).toEqual([]);
    expect(await test.dataSource.query('SELECT id, name FROM firsts')).toEqual([]);
  });

  it('applies one that is older than what is applied, as TypeORM does', async () => {
    const older = migration('Older1600000000000', { up: 'CREATE TABLE olders (id int)' });
    await test.database.migrate([first]);

    expect(await test.database.migrate([older, first])).toEqual(['Older1600000000000']);
  });

  it('lets one of many work and the others find it done', async () => {
    const databases = Array.from({ length: 4 }, () => new Database(test.dataSource));

    const applied = await Promise.all(databases.map((database) => database.migrate([first, second])));

    expect(applied.flat().sort()).toEqual(['First1700000000001', 'Second1700000000002']);
  });

  it('goes on in another process where the one that worked was killed', async () => {
    const queryRunner = test.dataSource.createQueryRunner();
    await queryRunner.query('SELECT pg_advisory_lock(1)');
    const victim = new Program('migrate', test.url);
    expect(await victim.line()).toBe('filling');
    const others = [new Program('migrate', test.url), new Program('migrate', test.url)];

    await victim.kill();
    // The server notices it once its statement has ended.
    await queryRunner.query('SELECT pg_advisory_unlock(1)');
    await queryRunner.release();

    const said = await Promise.all(others.map((other) => other.line()));
    const working = others[said.indexOf('filling')]!;
    expect([...said, await working.line()].sort()).toEqual(['applied 0', 'applied 2', 'filling']);
    expect(await test.dataSource.query('SELECT id FROM firsts')).toEqual([{ id: 1 }]);
  });

  it('waits for another runner no longer than it is told to, and not past its signal', async () => {
    const queryRunner = test.dataSource.createQueryRunner();
    await queryRunner.query('SELECT pg_advisory_lock(1)');
    await new Program('migrate', test.url).line();

    const error = await test.database.migrate([first], { waitMs: 0 }).catch((thrown: unknown) => thrown);
    const given = new AbortController();
    const waiting = test.database.migrate([first], { signal: given.signal });
    given.abort(new Error('enough'));

    expect(error).toBeInstanceOf(AdvisoryLockNotAvailable);
    expect(error).toMatchObject({ code: 'database_generic_conflict', lock: 'migrations', retryable: false });
    await expect(waiting).rejects.toThrow('enough');
    await queryRunner.release();
    await allGivenBack(test.database);
  });

  it('leaves nothing behind when one fails, and says which', async () => {
    const broken = migration('Broken1700000000003', { up: 'SELECT nonsense' });

    const error = await test.database.migrate([first, broken]).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(MigrationFailed);
    expect(error).toMatchObject({ migration: 'Broken1700000000003', direction: 'up', retryable: false });
    expect((error as MigrationFailed).cause).toBeInstanceOf(DatabaseError);
    expect(await tables()).toEqual([{ firsts: null, migrations: null }]);
  });

  it('waits for the locks of others no longer than it is told to, and stops nobody behind it', async () => {
    await test.database.migrate([first]);
    const change = migration('Change1700000000003', { up: 'ALTER TABLE firsts ADD COLUMN more int' });
    const reader = test.dataSource.createQueryRunner();
    await reader.startTransaction();
    await reader.query('SELECT * FROM firsts');

    const error = await test.database
      .migrate([first, change], { lockTimeoutMs: 20 })
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(MigrationFailed);
    expect(error).toMatchObject({ migration: 'Change1700000000003', cause: { name: 'LockNotAvailable' } });
    expect((error as Error).message).toContain('waited too long for a lock');
    await reader.commitTransaction();
    await reader.release();
    expect(await test.database.migrate([first, change], { lockTimeoutMs: 20 })).toEqual(['Change1700000000003']);
    expect(await test.dataSource.query('SHOW lock_timeout')).toEqual([{ lock_timeout: '0' }]);
    await expect(test.database.migrate([first], { lockTimeoutMs: 0 })).rejects.toBeInstanceOf(Misuse);
  });

  it('leaves alone what others have recorded, and refuses it where that is asked for', async () => {
    await test.database.migrate([first, second]);

    expect(await test.database.migrate([first])).toEqual([]);
    await expect(test.database.migrate([first], { refuseUnknown: true })).rejects.toThrow(
      new Misuse('Recorded as applied, but not in the list: Second1700000000002.'),
    );
  });

  it('refuses names that do not end in a timestamp, and names twice', async () => {
    await expect(test.database.migrate([migration('Nameless', { up: '' })])).rejects.toBeInstanceOf(Misuse);
    await expect(test.database.migrate([first, first])).rejects.toThrow(
      new Misuse('Two migrations have the name First1700000000001.'),
    );
  });
});
