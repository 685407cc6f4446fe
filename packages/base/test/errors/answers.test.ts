import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { driverError } from '../../src/errors/driver-error.js';
import type { Phase } from '../../src/errors/phase.js';
import { bothClients } from '../fixture/both-clients.js';
import { factsOf } from '../fixture/facts-of.js';
import { failureOf } from '../fixture/failure-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const tables = `
  CREATE TABLE things (
    id int PRIMARY KEY, name text NOT NULL, size int CHECK (size > 0), part_of int REFERENCES things,
    place int4range, EXCLUDE USING gist (place WITH &&)
  );
  CREATE INDEX ON things (name);
  CREATE FUNCTION refuse(state text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = state; END $$`;

const thing = (columns: string, values: string): string => `INSERT INTO things (${columns}) VALUES (${values})`;

const longName = "(SELECT string_agg(md5(n::text), '') FROM generate_series(1, 200) n)";

describe.each(bothClients)('what PostgreSQL refuses, %s', (_, Client) => {
  let test: TestDatabase;
  let client: pg.Client;
  let other: pg.Client;

  beforeAll(async () => {
    test = await testDatabase([]);
    await test.dataSource.query(tables);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    [client, other] = [new Client({ connectionString: test.url }), new Client({ connectionString: test.url })];
    await Promise.all([client.connect(), other.connect()]);
    await client.query("INSERT INTO things VALUES (1, 'one', 1, null, '[1,2]'), (2, 'two', 2, 1, '[3,4]')");
  });
  afterEach(async () => {
    await Promise.all([client.end(), other.end()]);
    await test.dataSource.query('TRUNCATE things');
  });

  it.each([
    ['22: a value that is none', 'SELECT 1 / 0', 'InvalidData, not-committed'],
    ['23: some other constraint', "SELECT refuse('23000')", 'IntegrityViolation, not-committed'],
    ['23502: a missing value', thing('id', '3'), 'NotNullViolation, not-committed'],
    ['23503: a row that is not there', thing('id, name, part_of', "3, '', 9"), 'ForeignKeyViolation, not-committed'],
    ['23505: a row that is there', thing('id, name', "1, ''"), 'UniqueViolation, not-committed'],
    ['23514: a value that is not allowed', thing('id, name, size', "3, '', 0"), 'CheckViolation, not-committed'],
    ['23P01: a row that excludes', thing('id, name, place', "3, '', '[2,3]'"), 'ExclusionViolation, not-committed'],
    ['26000: forgotten by somebody else', 'EXECUTE nobodys', 'DatabaseError, not-committed, is to be closed'],
    ['3D000: a database that is not there', 'DROP DATABASE nobodys', 'DatabaseError, not-committed'],
    ['54000: a value too long for an index', thing('id, name', `3, ${longName}`), 'InvalidData, not-committed'],
    ['40002: a constraint of the transaction', "SELECT refuse('40002')", 'IntegrityViolation, not-committed'],
    ['53: no more memory', "SELECT refuse('53200')", 'DatabaseUnavailable, not-committed, again, overload'],
    ['53100: a full disk', "SELECT refuse('53100')", 'DatabaseError, not-committed'],
    ['58: a file that is not there', "SELECT pg_read_file('nobodys')", 'DatabaseError, not-committed'],
    ['72000: a snapshot that is too old', "SELECT refuse('72000')", 'DatabaseError, not-committed, again'],
    ['XX: a fault within the server', 'SELECT nextval(1::oid)', 'DatabaseError, not-committed'],
  ])('%s', async (_title, sql, facts) => {
    expect(await failureOf(client, sql)).toBe(facts);
    expect(await failureOf(client, 'SELECT 1')).toBe('no failure');
  });

  it('otherAnswer: SQL that is wrong', async () => {
    expect(await failureOf(client, 'SELECT FROM nobodys')).toBe('DatabaseError, not-committed');
  });

  it("08: a connection of the server's own, to somewhere else", async () => {
    const facts = 'ConnectionLost, not-committed, again, ends';
    expect(await failureOf(client, "SELECT refuse('08006')", 'open')).toBe(facts);
    expect(await failureOf(client, "SELECT refuse('08006')", 'committing')).toBe('AmbiguousCommitError, unknown, ends');
  });

  it.each(['08007: what became of it is not known', '40003: whether it was done is not known'])('%s', async (title) => {
    const sql = `SELECT refuse('${title.slice(0, 5)}')`;
    const ends = title.startsWith('08') ? ', ends' : '';
    const unknown = `AmbiguousCommitError, unknown${ends}`;
    expect(await failureOf(client, sql, 'open')).toBe(unknown);
    expect(await failureOf(client, sql, 'committing')).toBe(unknown);
    expect(await failureOf(client, sql, 'reading')).toMatch(/^(ConnectionLost|DatabaseError), not-committed/);
  });

  it('0A000 RevalidateCachedQuery: a statement that the tables have left behind', async () => {
    const byName = { name: 'all', text: 'SELECT * FROM things' };
    await client.query(byName);
    await client.query('ALTER TABLE things ADD COLUMN more int');

    const error: unknown = await client.query(byName).catch((thrown: unknown) => thrown);

    await client.query('ALTER TABLE things DROP COLUMN more');
    expect(factsOf(driverError(error, 'open'), 'open')).toBe('StalePlan, not-committed, again, is to be closed');
  });

  it('25001: within a transaction of which nobody knows', async () => {
    await client.query('BEGIN');
    expect(await failureOf(client, 'VACUUM')).toBe('DatabaseError, not-committed, is to be closed');
  });

  it.each<readonly [Phase, string]>([
    ['reading', 'ReadOnlyTransaction, not-committed'],
    ['open', 'ReadOnlyTransaction, not-committed, again, evicts'],
    ['committing', 'ReadOnlyTransaction, not-committed, again, evicts'],
  ])('25006: a write where only reading is allowed, %s', async (phase, facts) => {
    await client.query('SET default_transaction_read_only = on');
    expect(await failureOf(client, thing('id, name', "3, ''"), phase)).toBe(facts);
  });

  it('25P02: after a failure', async () => {
    await client.query('BEGIN');
    await failureOf(client, 'SELECT 1 / 0');
    expect(await failureOf(client, 'SELECT 1')).toBe('TransactionAborted, not-committed');
  });

  it('40001: a row that somebody else has changed since', async () => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query('SELECT FROM things');
    await other.query('UPDATE things SET size = 3');
    const facts = await failureOf(client, 'UPDATE things SET size = 4');
    expect(facts).toBe('SerializationFailure, not-committed, again');
  });

  it('40P01: two that wait for each other', async () => {
    const [first, second] = ['UPDATE things SET size = 3 WHERE id = 1', 'UPDATE things SET size = 3 WHERE id = 2'];
    for (const each of [client, other]) await each.query('BEGIN');
    await client.query(first);
    await other.query(second);

    const facts = await Promise.all([
      failureOf(client, second).finally(() => client.query('ROLLBACK')),
      failureOf(other, first).finally(() => other.query('ROLLBACK')),
    ]);

    expect(facts.sort()).toEqual(['DeadlockDetected, not-committed, again', 'no failure']);
  });

  it('42P05: prepared by somebody else already', async () => {
    await client.query('PREPARE taken AS SELECT 1');
    expect(await failureOf(client, 'PREPARE taken AS SELECT 1')).toBe('DatabaseError, not-committed, is to be closed');
  });

  it('53400: a limit that is below what the statement needs', async () => {
    await client.query("SET temp_file_limit = '64kB'; SET work_mem = '64kB'");
    const sorted = 'SELECT count(*) FROM (SELECT FROM generate_series(1, 100000) AS n ORDER BY md5(n::text)) AS s';
    expect(await failureOf(client, sorted)).toBe('DatabaseError, not-committed');
  });

  it('55006: in use', async () => {
    const own = `DROP DATABASE ${new URL(test.url).pathname.slice(1)}`;
    expect(await failureOf(client, own)).toBe('DatabaseError, not-committed, again');
  });

  it('55P03: a lock that somebody else has', async () => {
    await other.query('BEGIN');
    await other.query('SELECT FROM things FOR UPDATE');
    const facts = 'LockNotAvailable, not-committed, again';
    expect(await failureOf(client, 'SELECT FROM things FOR UPDATE NOWAIT')).toBe(facts);
  });

  it('57014: canceled', async () => {
    await client.query('SET statement_timeout = 1');
    expect(await failureOf(client, 'SELECT pg_sleep(10)')).toBe('StatementCanceled, not-committed');
  });

  it('57P01: ended by an operator', async () => {
    client.on('error', () => {});
    const end = 'SELECT pg_terminate_backend(pg_backend_pid())';
    expect(await failureOf(client, end, 'open')).toBe('ConnectionLost, not-committed, again, ends, evicts');
  });
});
