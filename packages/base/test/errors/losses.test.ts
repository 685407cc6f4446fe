import { once } from 'node:events';
import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { driverError } from '../../src/errors/driver-error.js';
import type { Phase } from '../../src/errors/phase.js';
import { bothClients } from '../fixture/both-clients.js';
import { factsOf } from '../fixture/facts-of.js';
import { fakeServer, type FakeServer } from '../fixture/fake-server.js';
import { failureOf } from '../fixture/failure-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const SLOW = 'SELECT pg_sleep(60)';

/** The facts of what pg's own query fails with. */
async function queryFailure(client: pg.ClientBase, sql: string, phase: Phase): Promise<string> {
  const error: unknown = await client.query(sql).then(
    () => 'no failure',
    (thrown: unknown) => thrown,
  );
  return factsOf(driverError(error, phase), phase);
}

describe.each(bothClients)('how a connection is lost, %s', (_, Client) => {
  let test: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => void (test = await testDatabase([])));
  afterAll(() => test.close());
  beforeEach(async () => void (client = await connected()));
  afterEach(() => client.end());

  async function connected(config: pg.ClientConfig = {}): Promise<pg.Client> {
    const made = new Client({ connectionString: test.url, ...config });
    made.on('error', () => {});
    await made.connect();
    return made;
  }

  /** What the server ends an idle connection with: nobody waits for an answer, so pg emits it. */
  async function endedIdle(...settings: readonly string[]): Promise<string> {
    const error = once(client, 'error');
    for (const sql of settings) await client.query(sql);
    return factsOf(driverError((await error)[0], 'open'), 'open');
  }

  it('25P03: idle in a transaction for too long is not worth another try', async () => {
    const facts = await endedIdle('SET idle_in_transaction_session_timeout = 20', 'BEGIN');
    expect(facts).toBe('ConnectionLost, not-committed, ends');
  });

  it('57P05: idle for too long', async () => {
    const facts = await endedIdle('SET idle_session_timeout = 20');
    expect(facts).toBe('ConnectionLost, not-committed, again, ends');
  });

  it('25P04: a transaction that took too long is not worth another try', async () => {
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    // PostgreSQL 17 was the first to have it.
    if (rows[0]!.version < 170_000) {
      const shape = Object.assign(new Error(), { severity: 'FATAL', code: '25P04' });
      return expect(factsOf(driverError(shape, 'open'), 'open')).toBe('ConnectionLost, not-committed, ends');
    }
    // Long enough for the statement to be on its way: the time of a transaction that idles passes, too.
    await client.query('SET transaction_timeout = 1000');
    await client.query('BEGIN');
    expect(await failureOf(client, SLOW, 'open')).toBe('ConnectionLost, not-committed, ends');
  });

  it('Client has encountered a connection error and is not queryable: it was not sent, be it COMMIT', async () => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await test.dataSource.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    const facts = 'ConnectionLost, not-committed, again, ends';
    expect(await failureOf(client, 'COMMIT', 'committing')).toBe(facts);
    expect(await queryFailure(client, 'COMMIT', 'committing')).toBe(facts);
  });

  it('Client was closed and is not queryable: it was not sent, be it COMMIT', async () => {
    await client.end();
    const facts = 'ConnectionLost, not-committed, again, ends';
    expect(await failureOf(client, 'COMMIT', 'committing')).toBe(facts);
    expect(await queryFailure(client, 'COMMIT', 'committing')).toBe(facts);
  });

  it.each<readonly [Phase, string]>([
    ['reading', 'ConnectionLost, not-committed, again, ends'],
    ['open', 'ConnectionLost, not-committed, again, ends'],
    ['committing', 'AmbiguousCommitError, unknown, ends'],
  ])('Connection terminated: we have ended it ourselves while a statement ran, %s', async (phase, facts) => {
    const failure = queryFailure(client, SLOW, phase);
    await Promise.all([client.end(), expect(failure).resolves.toBe(facts)]);
  });

  it.each<readonly [Phase, string]>([
    ['reading', 'ConnectionLost, not-committed, again, ends'],
    ['open', 'ConnectionLost, not-committed, again, ends'],
    ['committing', 'AmbiguousCommitError, unknown, ends'],
  ])("Query read timeout: pg's own timer passed, and the server is still at it, %s", async (phase, facts) => {
    const impatient = await connected({ query_timeout: 20 });
    expect(await queryFailure(impatient, SLOW, phase)).toBe(facts);
    await impatient.end();
  });

  describe('by a network that', () => {
    let way: FakeServer;
    let cut: (end: (client: net.Socket) => void) => void;

    beforeEach(async () => {
      const { hostname, port } = new URL(test.url);
      way = await fakeServer((near) => {
        const far = net.connect(Number(port), hostname);
        near.pipe(far).pipe(near);
        far.on('error', () => {});
        near.on('close', () => far.destroy());
        cut = (end) => end(near);
      });
    });
    afterEach(() => way.close());

    async function failsWhen(end: (client: net.Socket) => void, phase: Phase): Promise<string> {
      const far = await connected({ connectionString: test.url.replace(/:\d+\//, `:${way.port}/`) });
      const failure = failureOf(far, SLOW, phase);
      // What was sent is with the server when this is answered.
      await test.dataSource.query('SELECT 1');
      cut(end);
      const facts = await failure;
      await far.end();
      return facts;
    }

    it.each<readonly [Phase, string]>([
      ['reading', 'ConnectionLost, not-committed, again, ends, evicts'],
      ['open', 'ConnectionLost, not-committed, again, ends, evicts'],
      ['committing', 'AmbiguousCommitError, unknown, ends, evicts'],
    ])('ECONNRESET: resets it, %s', async (phase, facts) => {
      expect(await failsWhen((near) => near.resetAndDestroy(), phase)).toBe(facts);
    });

    it.each<readonly [Phase, string]>([
      ['reading', 'ConnectionLost, not-committed, again, ends, evicts'],
      ['open', 'ConnectionLost, not-committed, again, ends, evicts'],
      ['committing', 'AmbiguousCommitError, unknown, ends, evicts'],
    ])('Connection terminated unexpectedly: ends it, %s', async (phase, facts) => {
      expect(await failsWhen((near) => near.destroy(), phase)).toBe(facts);
    });
  });
});
