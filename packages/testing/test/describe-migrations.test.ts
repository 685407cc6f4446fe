import * as runner from '@jest/globals';
import { describe, expect, it } from '@jest/globals';
import type { MigrationList } from '@holdfast/base';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { describeMigrations, migrationCases } from '../src/index.js';

interface NoteRow {
  id: string;
  text: string;
  mood: 'glad' | 'sad';
}
const NoteRow = new EntitySchema<NoteRow>({
  name: 'Note',
  tableName: 'notes',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'notes_pkey' },
    text: { type: 'text' },
    mood: { type: 'enum', enum: ['glad', 'sad'], enumName: 'mood' },
  },
  indices: [{ name: 'notes_text_idx', columns: ['text'] }],
});

interface Sql {
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly transaction?: boolean;
}
const migration = (name: string, { up, down, transaction = true }: Sql): MigrationList[number] =>
  class implements MigrationInterface {
    readonly name = name;
    readonly transaction = transaction;
    async up(queryRunner: QueryRunner): Promise<void> {
      for (const sql of up) await queryRunner.query(sql);
    }
    async down(queryRunner: QueryRunner): Promise<void> {
      for (const sql of down) await queryRunner.query(sql);
    }
  };

const create = {
  up: [
    `CREATE TYPE mood AS ENUM ('glad', 'sad')`,
    'CREATE TABLE notes (id uuid CONSTRAINT notes_pkey PRIMARY KEY, text text NOT NULL, mood mood NOT NULL)',
  ],
  down: ['DROP TABLE notes', 'DROP TYPE mood'],
};
const index = {
  up: ['CREATE INDEX CONCURRENTLY notes_text_idx ON notes (text)'],
  down: ['DROP INDEX notes_text_idx'],
  transaction: false,
};
const listOf = (created: Sql, indexed: Sql): MigrationList => [
  migration('IndexNotes1700000000002', indexed),
  migration('CreateNotes1700000000001', created),
];

describeMigrations(runner, 'migrations that do what they should', {
  entities: [NoteRow],
  migrations: listOf(create, index),
});

describe('the contract of migrations', () => {
  /** The titles of the cases that fail, each with what it says. */
  async function failing(migrations: MigrationList): Promise<Record<string, string>> {
    const failures: Record<string, string> = {};
    for (const { title, run } of migrationCases({ entities: [NoteRow], migrations })) {
      await run().catch((error: Error) => void (failures[title] = error.message));
    }
    return failures;
  }

  const isUndone = 'each undo exactly what they did, and do it again';
  const unchanged = async (migrations: MigrationList): Promise<void> => {
    const undone = migrationCases({ entities: [NoteRow], migrations }).find(({ title }) => title === isUndone)!;
    await undone.run();
  };

  it.each([
    ['a column is missing', 'text text NOT NULL, ', ''],
    ['a column is too much', 'text text', 'more int, text text'],
    ['a type differs', 'text text', 'text varchar(9)'],
    ['a column may be null', 'mood mood NOT NULL', 'mood mood'],
    ['a default differs', 'text text NOT NULL', `text text NOT NULL DEFAULT ''`],
    ['the values of an enum differ', `'sad'`, `'angry'`],
  ])('shows that %s', async (_what, right, wrong) => {
    const created = { ...create, up: create.up.map((sql) => sql.replace(right, wrong)) };

    const failures = await failing(
      wrong === '' ? [migration('CreateNotes1700000000001', created)] : listOf(created, index),
    );

    expect(Object.keys(failures)).toEqual(['make exactly the tables that the entities describe']);
  });

  it('shows that an index is missing', async () => {
    const failures = await failing([migration('CreateNotes1700000000001', create)]);

    expect(failures['make exactly the tables that the entities describe']).toContain('notes_text_idx');
  });

  it('shows what a down leaves behind, and whose it is', async () => {
    const failures = await failing(listOf({ ...create, down: ['DROP TABLE notes CASCADE'] }, index));

    expect(failures['leave nothing behind when all are undone']).toContain('type public.mood');
    expect(failures[isUndone]).toContain('CreateNotes1700000000001');
  });

  it.each([
    ['a column', 'ALTER TABLE notes ADD more int', 'ALTER TABLE notes DROP more'],
    ['a constraint', `ALTER TABLE notes ADD CONSTRAINT c CHECK (text <> '')`, 'ALTER TABLE notes DROP CONSTRAINT c'],
    ['a policy', 'CREATE POLICY p ON notes USING (true)', 'DROP POLICY p ON notes'],
    [
      'row-level security',
      'ALTER TABLE notes ENABLE ROW LEVEL SECURITY',
      'ALTER TABLE notes DISABLE ROW LEVEL SECURITY',
    ],
    ['a view', 'CREATE VIEW v AS SELECT 1 AS one', 'DROP VIEW v'],
    ['a sequence', 'CREATE SEQUENCE s', 'DROP SEQUENCE s'],
    ['a schema', 'CREATE SCHEMA more', 'DROP SCHEMA more'],
    ['a domain', 'CREATE DOMAIN d AS text', 'DROP DOMAIN d'],
    ['a function', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', 'DROP FUNCTION f()'],
    [
      'a trigger',
      'CREATE TRIGGER t BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
      'DROP TRIGGER t ON notes',
    ],
    ['a default', `ALTER TABLE notes ALTER text SET DEFAULT ''`, 'ALTER TABLE notes ALTER text DROP DEFAULT'],
    ['a grant', 'GRANT SELECT ON notes TO PUBLIC', 'REVOKE SELECT ON notes FROM PUBLIC'],
  ])('sees %s that a down forgets', async (_what, up, down) => {
    const more = (undo: readonly string[]): MigrationList => [
      ...listOf(create, index),
      migration('More1700000000003', { up: [up], down: undo }),
    ];

    await expect(unchanged(more([]))).rejects.toThrow('The down of More1700000000003 does not undo its up');
    await unchanged(more([down]));
  });
});
