import { randomBytes } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createTestDatabase, testServerUrl, WireCounter } from '@holdfast/testing';
import { withClient } from '../src/with-client.js';

interface NoteRow {
  id: number;
  text: string;
}
const NoteRow = new EntitySchema<NoteRow>({
  name: 'Note',
  tableName: 'notes',
  columns: { id: { type: 'int', primary: true }, text: { type: 'text' } },
});

class CreateNotes1700000000000 implements MigrationInterface {
  readonly name = 'CreateNotes1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL, made_by text DEFAULT 'migration')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

const migrated = { entities: [NoteRow], migrations: [CreateNotes1700000000000] };

async function exists(url: string): Promise<boolean> {
  const name = new URL(url).pathname.slice(1);
  const found = await withClient(await testServerUrl(), (client) =>
    client.query('SELECT FROM pg_database WHERE datname = $1', [name]),
  );
  return found.rowCount === 1;
}

describe('createTestDatabase', () => {
  it('makes the tables of the entities', async () => {
    const { dataSource, close } = await createTestDatabase({ entities: [NoteRow] });

    await dataSource.getRepository(NoteRow).save({ id: 1, text: 'hello' });

    expect(await dataSource.query('SELECT * FROM notes')).toEqual([{ id: 1, text: 'hello' }]);
    await close();
  });

  it('makes the schema of the migrations, which are recorded as applied', async () => {
    const { dataSource, database, close } = await createTestDatabase(migrated);

    await dataSource.query(`INSERT INTO notes VALUES (1, 'hello')`);

    expect(await dataSource.query('SELECT * FROM notes')).toEqual([{ id: 1, text: 'hello', made_by: 'migration' }]);
    expect(await database.migrate(migrated.migrations)).toEqual([]);
    await close();
  });

  it('gives two callers databases that know nothing of each other', async () => {
    const [one, other] = await Promise.all([createTestDatabase(migrated), createTestDatabase(migrated)]);

    await one.dataSource.query(`INSERT INTO notes VALUES (1, 'of one')`);

    expect(await other.dataSource.query('SELECT * FROM notes')).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('gives a Database over the same tables', async () => {
    const { database, dataSource, close } = await createTestDatabase(migrated);
    await dataSource.query(`INSERT INTO notes VALUES (1, 'hello')`);

    const rows = await database.beginReadonlySession((dbSession) => dbSession.sql`SELECT text FROM notes`);

    expect(rows).toEqual([{ text: 'hello' }]);
    await close();
  });

  it('counts what its Database and its DataSource send through a counter', async () => {
    const through = await WireCounter.open(await testServerUrl());
    const { database, dataSource, close } = await createTestDatabase({ ...migrated, through });
    await database.ping();

    const count = await through.during(() => dataSource.query('SELECT text FROM notes'));
    const ofDatabase = await through.during(() => database.ping());

    expect(count).toEqual({ trips: 1, statements: ['SELECT text FROM notes'] });
    expect(ofDatabase.trips).toBe(1);
    expect(ofDatabase.statements).toHaveLength(1);
    await close();
    await through.close();
  });

  it('drops the database when it is closed, however often', async () => {
    const { url, close } = await createTestDatabase(migrated);
    expect(await exists(url)).toBe(true);

    await Promise.all([close(), close()]);

    expect(await exists(url)).toBe(false);
  });

  it('is closed although the DataSource was ended by the test', async () => {
    const { url, dataSource, close } = await createTestDatabase(migrated);
    await dataSource.destroy();

    await close();

    expect(await exists(url)).toBe(false);
  });

  it('tells of a connection that was never given back, and drops the database all the same', async () => {
    const { url, dataSource, close } = await createTestDatabase(migrated);
    const runner = dataSource.createQueryRunner();
    await runner.connect();

    await expect(close()).rejects.toMatchObject({ name: 'Misuse' });

    expect(await exists(url)).toBe(false);
  });

  it('leaves no database behind when the schema cannot be made', async () => {
    const Broken = new EntitySchema<NoteRow>({
      name: 'Broken',
      tableName: 'broken',
      columns: { id: { type: 'int', primary: true }, text: { type: 'text', default: '((' } },
      checks: [{ expression: 'no such thing' }],
    });
    // By a role of its own: others make databases meanwhile.
    const server = await testServerUrl();
    const role = `maker_${randomBytes(6).toString('hex')}`;
    const ofRole = new URL(server);
    [ofRole.username, ofRole.password] = [role, role];
    await withClient(server, async (client) => {
      await client.query(`CREATE ROLE ${role} LOGIN CREATEDB PASSWORD '${role}'`);
      jest.replaceProperty(process, 'env', { ...process.env, HOLDFAST_TEST_DATABASE_URL: ofRole.href });
      try {
        await expect(createTestDatabase({ entities: [Broken] })).rejects.toMatchObject({ code: '42601' });
      } finally {
        jest.restoreAllMocks();
      }

      const { rows } = await client.query('SELECT datname FROM pg_database WHERE datdba = $1::regrole', [role]);
      expect(rows).toEqual([]);
      await client.query(`DROP ROLE ${role}`);
    });
  });
});
