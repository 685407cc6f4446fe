import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { bothClients } from '../fixture/both-clients.js';
import { failureOf } from '../fixture/failure-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

// What a row says is done when COMMIT comes.
const tables = `
  CREATE TABLE wishes (
    id int PRIMARY KEY, wish text, mark int UNIQUE DEFERRABLE INITIALLY DEFERRED,
    part_of int REFERENCES wishes DEFERRABLE INITIALLY DEFERRED,
    place int4range, EXCLUDE USING gist (place WITH &&) DEFERRABLE INITIALLY DEFERRED
  );
  CREATE FUNCTION fulfil() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.wish = 'to be ended' THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60);
    ELSIF NEW.wish IS NOT NULL THEN RAISE EXCEPTION 'refused' USING ERRCODE = NEW.wish; END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER fulfilled AFTER INSERT ON wishes DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fulfil();
  INSERT INTO wishes VALUES (1, null, 1, null, '[1,2]')`;

describe.each(bothClients)('what COMMIT fails with, %s', (_, Client) => {
  let test: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    test = await testDatabase([]);
    await test.dataSource.query(tables);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    client = new Client({ connectionString: test.url });
    client.on('error', () => {});
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    expect(await test.dataSource.query('SELECT id FROM wishes')).toEqual([{ id: 1 }]);
  });

  it.each([
    ['23503: nothing is stored if a deferred constraint finds no row', "2, null, 2, 9, '[3,4]'", 'ForeignKeyViolation'],
    ['23505: nothing is stored if a deferred constraint finds another row', '2, null, 1', 'UniqueViolation'],
    ['23P01: nothing is stored if a deferred constraint excludes', "2, null, 2, 1, '[2,3]'", 'ExclusionViolation'],
  ])('%s', async (_title, values, type) => {
    await client.query(`BEGIN; INSERT INTO wishes VALUES (${values})`);
    expect(await failureOf(client, 'COMMIT', 'committing')).toBe(`${type}, not-committed`);
  });

  it('40001: nothing is stored if the order of transactions cannot be kept', async () => {
    const other = new Client({ connectionString: test.url });
    await other.connect();
    for (const each of [client, other]) await each.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    for (const each of [client, other]) await each.query('SELECT count(*) FROM wishes');
    await client.query('INSERT INTO wishes VALUES (2, null, 2)');
    await other.query("UPDATE wishes SET wish = 'none' WHERE id = 1");
    await other.query('COMMIT');

    expect(await failureOf(client, 'COMMIT', 'committing')).toBe('SerializationFailure, not-committed, again');
    await other.end();
  });

  it.each([
    ['40P01', 'DeadlockDetected, not-committed, again'],
    ['40002', 'IntegrityViolation, not-committed'],
    ['53200', 'DatabaseUnavailable, not-committed, again, overload'],
    ['53100', 'DatabaseError, not-committed'],
    ['57014', 'StatementCanceled, not-committed'],
    ['XX000', 'DatabaseError, not-committed'],
    ['P0001', 'DatabaseError, not-committed'],
  ])('nothing is stored if the server answers %s and goes on', async (state, facts) => {
    await client.query(`BEGIN; INSERT INTO wishes VALUES (2, '${state}')`);
    expect(await failureOf(client, 'COMMIT', 'committing')).toBe(facts);
    expect(await failureOf(client, 'SELECT 1')).toBe('no failure');
  });

  it.each([
    ['08006', 'AmbiguousCommitError, unknown, ends'],
    ['08007', 'AmbiguousCommitError, unknown, ends'],
    ['40003', 'AmbiguousCommitError, unknown'],
  ])('nothing is known if the server answers %s, though it goes on', async (state, facts) => {
    await client.query(`BEGIN; INSERT INTO wishes VALUES (2, '${state}')`);
    expect(await failureOf(client, 'COMMIT', 'committing')).toBe(facts);
  });

  it('57P01: nothing is known if the connection ends with the answer', async () => {
    await client.query("BEGIN; INSERT INTO wishes VALUES (2, 'to be ended')");
    expect(await failureOf(client, 'COMMIT', 'committing')).toBe('AmbiguousCommitError, unknown, ends, evicts');
  });

  it('nothing is stored if COMMIT was never sent', async () => {
    await client.query('BEGIN; INSERT INTO wishes VALUES (2)');
    const ended = new Promise((resolve) => client.once('end', resolve));
    const pid = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'";
    await test.dataSource.query(`${pid} AND datname = current_database()`);
    await ended;

    expect(await failureOf(client, 'COMMIT', 'committing')).toBe('ConnectionLost, not-committed, again, ends');
  });
});
