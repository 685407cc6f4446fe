import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { DataSource, EntitySchema } from 'typeorm';
import {
  Database,
  guardedPool,
  reportRowLevelSecurity,
  type RowLevelSecurityFinding,
  rowLevelSecurity,
} from '../src/index.js';
import { DocumentRow, documentSecurity, NoteRow, noteSecurity } from './fixture/documents.js';
import { guardedDatabase, type GuardedDatabase } from './fixture/guarded-database.js';

let test: GuardedDatabase;
beforeAll(async () => void (test = await guardedDatabase()));
afterAll(() => test.close());

const both = [documentSecurity, noteSecurity];
const report = (): Promise<readonly RowLevelSecurityFinding[]> => reportRowLevelSecurity(test.database, both);
const brief = ({ severity, code, object }: RowLevelSecurityFinding): string => `${severity} ${code} ${object}`;
let known: readonly string[];

/** What the report says more than it said of the tables as they are declared. */
const news = async (): Promise<readonly string[]> => (await report()).map(brief).filter((one) => !known.includes(one));

describe('the report of row-level security', () => {
  let undo: readonly string[] = [];
  beforeAll(async () => void (known = (await report()).map(brief)));
  afterEach(async () => {
    for (const sql of undo) await test.asSuperuser(sql);
    undo = [];
    expect(await news()).toEqual([]);
  });

  it('finds nothing that defeats it where it is as declared, and tells what cannot be helped', async () => {
    expect(known).toEqual(['reveals unique-index documents_pkey', 'reveals unique-index notes_pkey']);
    const [finding] = await report();
    expect(finding).toEqual({
      severity: 'reveals',
      code: 'unique-index',
      object: 'documents_pkey',
      message:
        'The unique index documents_pkey of documents has no column of a scope: a duplicate tells that others have the value.',
    });
    expect(await test.asSuperuser(`SELECT FROM pg_class WHERE relname = 'holdfast_expected'`)).toEqual([]);
  });

  it.each<[what: string, sql: string, undo: readonly string[], finding: readonly string[]]>([
    [
      'a role that bypasses policies',
      'ALTER ROLE $role BYPASSRLS',
      ['ALTER ROLE $role NOBYPASSRLS'],
      ['defeats role-bypasses $role'],
    ],
    [
      'an owner that is not held to them',
      'ALTER TABLE notes NO FORCE ROW LEVEL SECURITY',
      ['ALTER TABLE notes FORCE ROW LEVEL SECURITY'],
      ['defeats owner-not-forced notes'],
    ],
    [
      'a table for which they are not enabled',
      'ALTER TABLE notes DISABLE ROW LEVEL SECURITY',
      ['ALTER TABLE notes ENABLE ROW LEVEL SECURITY'],
      ['defeats not-enabled notes'],
    ],
    [
      'a missing policy',
      'ALTER POLICY holdfast_scope ON notes RENAME TO mislaid',
      ['ALTER POLICY mislaid ON notes RENAME TO holdfast_scope'],
      ['defeats policy-missing notes', 'defeats policy-added notes'],
    ],
    [
      'a policy that shows more rows',
      'CREATE POLICY more ON notes FOR SELECT USING (text IS NULL)',
      ['DROP POLICY more ON notes'],
      ['defeats policy-added notes'],
    ],
    [
      'a view that reads as a superuser, and one over it',
      'CREATE VIEW read AS SELECT * FROM notes; CREATE VIEW reread AS SELECT * FROM read',
      ['DROP VIEW read CASCADE'],
      ['defeats view-bypasses read', 'defeats view-bypasses reread'],
    ],
    [
      'a materialized view',
      'CREATE MATERIALIZED VIEW kept AS SELECT * FROM notes',
      ['DROP MATERIALIZED VIEW kept'],
      ['defeats materialized-view kept'],
    ],
    [
      'functions that run as a superuser',
      `CREATE FUNCTION texts() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT text FROM Notes';
       CREATE FUNCTION ranks() RETURNS SETOF int LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT rank FROM documents; END;
       CREATE FUNCTION other() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
      ['DROP FUNCTION texts', 'DROP FUNCTION ranks', 'DROP FUNCTION other'],
      ['defeats function-bypasses ranks()', 'defeats function-bypasses texts()'],
    ],
    [
      'a child table',
      'CREATE TABLE old_notes () INHERITS (notes)',
      ['DROP TABLE old_notes'],
      ['defeats child-unguarded old_notes'],
    ],
    [
      'foreign keys by which rows of others can be referred to',
      `CREATE TABLE stars (document uuid CONSTRAINT stars_fkey REFERENCES documents);
       CREATE TABLE tags (tenant text, document uuid,
                          CONSTRAINT tags_fkey FOREIGN KEY (tenant, document) REFERENCES documents (tenant, id));
       ALTER TABLE notes ADD CONSTRAINT notes_loose_fkey FOREIGN KEY (document_id) REFERENCES documents`,
      ['DROP TABLE stars, tags', 'ALTER TABLE notes DROP CONSTRAINT notes_loose_fkey'],
      ['reveals foreign-key notes_loose_fkey', 'reveals foreign-key stars_fkey'],
    ],
    [
      'a unique value across tenants',
      'CREATE UNIQUE INDEX notes_text ON notes (text)',
      ['DROP INDEX notes_text'],
      ['reveals unique-index notes_text'],
    ],
    [
      'indexes that cannot be used any more',
      `ALTER TABLE notes ADD price numeric, ADD tags text[];
       CREATE INDEX notes_price ON notes (tenant, price);
       CREATE INDEX notes_tags ON notes USING gin (tags);
       CREATE INDEX notes_lower ON notes (lower(text), text)`,
      ['ALTER TABLE notes DROP price, DROP tags', 'DROP INDEX notes_lower'],
      ['slows not-leakproof notes_lower', 'slows not-leakproof notes.price', 'slows not-leakproof notes.tags'],
    ],
  ])('finds %s', async (_what, sql, undoing, findings) => {
    const named = (text: string): string => text.replaceAll('$role', test.role);
    undo = undoing.map(named);
    await test.asSuperuser(named(sql));

    expect([...(await news())].sort()).toEqual(findings.map(named).sort());
  });

  it.each([
    ['another expression', 'ALTER POLICY holdfast_scope ON notes USING (true)'],
    ['another check', 'ALTER POLICY holdfast_scope ON notes WITH CHECK (true)'],
    ['other roles', 'ALTER POLICY holdfast_scope ON notes TO pg_monitor'],
  ])('finds a policy with %s than declared', async (_what, sql) => {
    const [, , policy] = noteSecurity.statements(test.dataSource).up as [string, string, string];
    undo = ['DROP POLICY holdfast_scope ON notes', policy];
    await test.asSuperuser(sql);

    expect(await news()).toEqual(['defeats policy-differs notes']);
  });

  it('lets views pass that read as whoever asks, or as somebody whom policies apply to', async () => {
    undo = ['DROP VIEW invoked, owned'];
    await test.asSuperuser('CREATE VIEW invoked WITH (security_invoker = on) AS SELECT * FROM notes');
    await test.dataSource.query('CREATE VIEW owned AS SELECT * FROM notes');

    expect(await news()).toEqual([]);
  });

  it('says that a superuser bypasses it', async () => {
    const url = process.env['DATABASE_URL'] ?? process.env['HOLDFAST_TEST_DATABASE_URL'];
    const own = new URL(url!);
    own.pathname = new URL(test.url).pathname;
    const entities = [DocumentRow, NoteRow];
    const dataSource = new DataSource({ type: 'postgres', url: own.href, entities, ...guardedPool({ max: 1 }) });
    const database = new Database(await dataSource.initialize());

    const [first] = await reportRowLevelSecurity(database, both);

    expect(first).toMatchObject({ severity: 'defeats', code: 'role-bypasses' });
    expect(first!.message).toMatch(/^The role \w+ is a superuser: no policy applies to it\.$/);
    await dataSource.destroy();
  });

  it('refuses a table that is not there', async () => {
    const Ghost = new EntitySchema<{ id: string }>({ name: 'Ghost', columns: { id: { type: 'uuid', primary: true } } });
    const dataSource = new DataSource({
      type: 'postgres',
      url: test.url,
      entities: [Ghost],
      ...guardedPool({ max: 1 }),
    });
    const database = new Database(await dataSource.initialize());
    const ghost = rowLevelSecurity({ entity: Ghost, scopes: { one: 'id' } });

    await expect(reportRowLevelSecurity(database, [ghost])).rejects.toBeInstanceOf(Misuse);
    await dataSource.destroy();
  });
});
