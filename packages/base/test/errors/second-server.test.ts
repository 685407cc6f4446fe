import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { connectionError } from '../../src/errors/connection-error.js';
import { driverError } from '../../src/errors/driver-error.js';
import type { Phase } from '../../src/errors/phase.js';
import { factsOf } from '../fixture/facts-of.js';
import { failureOf } from '../fixture/failure-of.js';

// The tests go on with one server, which must not suffer from this: a standby that waits for a primary which never comes.
describe('a standby', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'holdfast-standby-'));
  let server: EmbeddedPostgres;
  let client: pg.Client;

  beforeAll(async () => {
    const settings = { max_locks_per_transaction: 10 };
    const first = await startEmbeddedPostgres({ directory, maxConnections: 10, settings });
    await first.stop();
    writeFileSync(path.join(directory, 'standby.signal'), '');
    server = await startEmbeddedPostgres({ directory, maxConnections: 10, settings });
    client = new pg.Client(server.url);
    client.on('error', () => {});
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  const reads = 'ReadOnlyTransaction, not-committed';
  const leads = 'ReadOnlyTransaction, not-committed, again, evicts';
  const phases: readonly (readonly [Phase, string])[] = [
    ['reading', reads],
    ['open', leads],
    ['committing', leads],
  ];

  it.each(phases)('25006: takes no writes, %s', async (phase, facts) => {
    expect(await failureOf(client, 'SELECT pg_current_xact_id()', phase)).toBe(facts);
  });

  it.each(phases)('0A000 call_bool_check_hook: begins no transaction that writes, %s', async (phase, facts) => {
    expect(await failureOf(client, 'BEGIN READ WRITE', phase)).toBe(facts);
  });

  it.each(phases)('0A000 call_enum_check_hook: begins none that is serializable, %s', async (phase, facts) => {
    await client.query('BEGIN; SELECT 1; ROLLBACK');
    expect(await failureOf(client, 'BEGIN ISOLATION LEVEL SERIALIZABLE', phase)).toBe(facts);
  });

  it.each(phases)('0A000 GetSerializableTransactionSnapshot: nor by default, %s', async (phase, facts) => {
    await client.query('SET default_transaction_isolation = serializable');
    const failure = await failureOf(client, 'SELECT 1', phase);
    await client.query("SET default_transaction_isolation = 'read committed'").catch(() => client.query('ROLLBACK'));
    expect(failure).toBe(facts);
  });

  it('otherAnswer: has no log of its own to tell of', async () => {
    expect(await failureOf(client, 'SELECT pg_current_wal_lsn()')).toBe('DatabaseError, not-committed');
  });

  it('53: has no more memory for locks', async () => {
    const facts = 'DatabaseUnavailable, not-committed, again, overload';
    expect(await failureOf(client, 'SELECT pg_advisory_lock(n) FROM generate_series(1, 100000) AS n')).toBe(facts);
  });

  it('57P03: stops, and lets nobody in', async () => {
    process.kill(server.processId, 'SIGTERM');
    const late = new pg.Client(server.url);
    late.on('error', () => {});
    const error = await late.connect().then(
      () => new Error('It connected.'),
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code: '57P03' });
    for (const known of [connectionError(error), driverError(error, 'open')]) {
      expect(factsOf(known, 'not-sent')).toBe('DatabaseUnavailable, not-committed, again, ends');
    }
  });
});
