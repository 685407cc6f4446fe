import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Database, type MigrationList } from '../src/index.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const migration = (name: string, sql: string): MigrationList[number] =>
  class implements MigrationInterface {
    readonly name = name;
    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(sql);
    }
    async down(): Promise<void> {}
  };
const first = migration('First1700000000001', 'CREATE TABLE firsts (id int)');
const second = migration('Second1700000000002', 'ALTER TABLE firsts ADD name text');

describe('migrate', () => {
  let test: TestDatabase;

  beforeEach(async () => void (test = await testDatabase([])));
  afterEach(() => test.close());

  it('applies what is not yet applied, in the order of the timestamps', async () => {
    expect(await test.database.migrate([second, first])).toEqual(['First1700000000001', 'Second1700000000002']);
    expect(await test.database.migrate([first, second])).toEqual([]);
    expect(await test.dataSource.query('SELECT id, name FROM firsts')).toEqual([]);
  });

  it('lets one of many work and the others find it done', async () => {
    const databases = Array.from({ length: 4 }, () => new Database(test.dataSource));

    const applied = await Promise.all(databases.map((database) => database.migrate([first, second])));

    expect(applied.flat().sort()).toEqual(['First1700000000001', 'Second1700000000002']);
  });

  it('leaves nothing behind when one fails', async () => {
    const broken = migration('Broken1700000000003', 'SELECT nonsense');

    await expect(test.database.migrate([first, broken])).rejects.toThrow();

    expect(await test.dataSource.query(`SELECT to_regclass('firsts') AS t, to_regclass('migrations') AS m`)).toEqual([
      { t: null, m: null },
    ]);
  });

  it('refuses names that do not end in a timestamp, and names twice', async () => {
    await expect(test.database.migrate([migration('Nameless', '')])).rejects.toBeInstanceOf(Misuse);
    await expect(test.database.migrate([first, first])).rejects.toBeInstanceOf(Misuse);
  });
});
