import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, EntitySchema } from 'typeorm';
import { testServerUrl, withTables } from '@holdfast/testing';
import { scratchDatabase, type ScratchDatabase } from '../src/scratch-database.js';

interface AuthorRow {
  id: string;
  name: string;
  mood: string;
}
const AuthorRow = new EntitySchema<AuthorRow>({
  name: 'Author',
  tableName: 'authors',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    mood: { type: 'enum', enum: ['good', 'bad'], enumName: 'mood' },
  },
  indices: [{ columns: ['name'] }],
});

interface BookRow {
  id: string;
  author: AuthorRow;
}
const BookRow = new EntitySchema<BookRow>({
  name: 'Book',
  tableName: 'books',
  columns: { id: { type: 'uuid', primary: true } },
  relations: { author: { type: 'many-to-one', target: 'Author', nullable: false } },
});

let scratch: ScratchDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  scratch = await scratchDatabase(await testServerUrl());
  dataSource = await new DataSource({
    type: 'postgres',
    url: scratch.url,
    entities: [AuthorRow, BookRow],
  }).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await scratch.drop();
});

async function relations(): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
     UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

describe('withTables', () => {
  it('makes the listed tables and no others, and drops them with all that belongs to them', async () => {
    const during = await withTables(dataSource, [AuthorRow], relations);

    expect(during).toEqual(expect.arrayContaining(['authors', 'mood']));
    expect(during).not.toContain('books');
    expect(await relations()).toEqual([]);
  });

  it('makes foreign keys between the listed tables', async () => {
    await withTables(dataSource, [AuthorRow, BookRow], async () => {
      const orphan = dataSource.query(`INSERT INTO books VALUES (gen_random_uuid(), gen_random_uuid())`);
      await expect(orphan).rejects.toMatchObject({ code: '23503' });
    });

    expect(await relations()).toEqual([]);
  });

  it('returns what the work returns', async () => {
    expect(await withTables(dataSource, [AuthorRow], async () => 'done')).toBe('done');
  });

  it('drops the tables although the work failed, and throws its error', async () => {
    const work = withTables(dataSource, [AuthorRow], async () => {
      await dataSource.query(`INSERT INTO authors VALUES (gen_random_uuid(), 'a', 'good')`);
      throw new Error('no');
    });

    await expect(work).rejects.toThrow('no');
    expect(await relations()).toEqual([]);
  });

  it('refuses a table that exists, and leaves it as it is', async () => {
    await dataSource.query(`CREATE TABLE authors AS SELECT 1 AS kept`);

    await expect(withTables(dataSource, [AuthorRow], async () => {})).rejects.toMatchObject({
      name: 'Misuse',
      message: 'The table "authors" exists already: withTables makes and drops its tables itself.',
    });

    expect(await dataSource.query('SELECT kept FROM authors')).toEqual([{ kept: 1 }]);
    await dataSource.query('DROP TABLE authors');
  });
});
