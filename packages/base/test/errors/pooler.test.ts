import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { driverError } from '../../src/errors/driver-error.js';
import type { Phase } from '../../src/errors/phase.js';
import { bothClients } from '../fixture/both-clients.js';
import { factsOf } from '../fixture/facts-of.js';
import { fakeServer, type FakeServer } from '../fixture/fake-server.js';
import { failureOf } from '../fixture/failure-of.js';
import { type PgBouncer, pgBouncerIsFound, startPgBouncer } from '../fixture/pgbouncer.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const found = pgBouncerIsFound ? describe : describe.skip;
const where = pgBouncerIsFound ? 'PgBouncer' : 'PgBouncer, which is not installed here';

found(where, () => {
  let test: TestDatabase;
  let way: FakeServer;
  let pooler: PgBouncer;
  const toServer = new Set<net.Socket>();

  beforeAll(async () => {
    test = await testDatabase([]);
    const { hostname, port } = new URL(test.url);
    way = await fakeServer((near) => {
      const far = net.connect(Number(port), hostname);
      far.on('error', () => {});
      near.pipe(far).pipe(near);
      toServer.add(near);
      near.on('close', () => toServer.delete(near));
    });
    const url = test.url.replace(/:\d+\//, `:${way.port}/`);
    pooler = await startPgBouncer(url, 1, ['query_wait_timeout = 1', 'max_client_conn = 3']);
  });
  afterAll(async () => {
    await pooler.close();
    way.close();
    await test.close();
  });

  describe.each(bothClients)('says, %s,', (_, Client) => {
    async function connected(): Promise<pg.Client> {
      const client = new Client({ connectionString: pooler.url });
      client.on('error', () => {});
      await client.connect();
      return client;
    }

    it('query_wait_timeout: nothing was handed on, be it COMMIT', async () => {
      const [holder, waiting] = [await connected(), await connected()];
      await holder.query('BEGIN');

      const facts = await failureOf(waiting, 'CREATE TABLE never ()', 'committing');

      await Promise.all([holder.end(), waiting.end()]);
      expect(facts).toBe('DatabaseUnavailable, not-committed, again, overload, ends');
    });

    it.each<readonly [Phase, string]>([
      ['reading', 'ConnectionLost, not-committed, again, ends'],
      ['open', 'ConnectionLost, not-committed, again, ends'],
      ['committing', 'AmbiguousCommitError, unknown, ends'],
    ])('server conn crashed?: its own connection was lost, %s', async (phase, facts) => {
      const client = await connected();
      await client.query('BEGIN');
      const failure = failureOf(client, 'SELECT pg_sleep(60)', phase);
      for (const socket of toServer) socket.destroy();
      expect(await failure).toBe(facts);
      await client.end();
    });

    it('no more connections allowed: that it takes no more clients', async () => {
      const clients = [await connected(), await connected(), await connected()];
      const error = await refusal(new Client({ connectionString: pooler.url }));
      await Promise.all(clients.map((client) => client.end()));
      const facts = 'DatabaseUnavailable, not-committed, again, overload, ends';
      expect(factsOf(driverError(error, 'committing'), 'committing')).toBe(facts);
    });

    it('unsupported startup parameter: what it will not take the next time either', async () => {
      const error = await refusal(new Client({ connectionString: pooler.url, options: '-c work_mem=1MB' }));
      expect(factsOf(driverError(error, 'committing'), 'committing')).toBe('DatabaseUnavailable, not-committed, ends');
    });
  });
});

async function refusal(client: pg.Client): Promise<Error> {
  const failed = once(client, 'end');
  client.on('error', () => {});
  const error = await client.connect().then(
    () => new Error('It connected.'),
    (thrown: Error) => thrown,
  );
  await failed.catch(() => {});
  return error;
}
