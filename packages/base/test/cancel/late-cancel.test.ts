import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { fenced, fencedCancel, needsFence } from '../../src/wire/cancel-fence.js';
import { cancelRequest } from '../../src/wire/cancel-request.js';
import { GuardedClient } from '../../src/wire/guarded-client.js';
import { runs } from '../fixture/runs.js';
import { testServer } from '../fixture/test-database.js';

const TIMES = 200;

// A cancel is for whatever the connection runs when it arrives: late, it hits a statement that nobody gave up.
describe.each([
  ['a guarded client', GuardedClient],
  ["pg's own client", pg.Client],
])('a cancel that comes late, over %s', (_name, Client) => {
  let client: pg.Client;

  beforeEach(async () => {
    client = new Client({ connectionString: testServer() });
    await client.connect();
  });
  afterEach(() => client.end());

  /** How many of the queries that nobody gave up were hit. */
  const hits = async (letGo: () => Promise<unknown>): Promise<number> => {
    let count = 0;
    const innocent = (sql: string): Promise<unknown> =>
      client.query(sql).catch((error: pg.DatabaseError) => {
        expect(error.code).toBe('57014');
        count++;
      });
    for (let i = 0; i < TIMES; i++) {
      await innocent('SELECT 1');
      await letGo();
      await innocent('SELECT pg_sleep(0.005)');
    }
    return count;
  };

  it('hits the following query of somebody else where there is no fence', async () => {
    const requests: Promise<unknown>[] = [];

    const count = await hits(() => Promise.resolve(requests.push(cancelRequest(client))));

    expect(count).toBeGreaterThan(0);
    await Promise.all(requests);
  });

  it('hits nothing behind the fence', async () => {
    const count = await hits(async () => {
      void fencedCancel(client);
      expect(needsFence(client)).toBe(true);
      expect(await fenced(client)).toBe('usable');
      expect(needsFence(client)).toBe(false);
    });

    expect(count).toBe(0);
  });

  it('undoes the transaction that is open on the way', async () => {
    await client.query('BEGIN');
    const canceled = expect(client.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    // A cancel that comes before its statement hits nothing.
    const admin = new pg.Client(testServer());
    await admin.connect();
    await runs(admin, client, 'PgSleep');
    await admin.end();
    void fencedCancel(client);
    await canceled;

    expect(await fenced(client)).toBe('usable');
    const { rows } = await client.query(
      'SELECT pg_current_xact_id_if_assigned() AS id, now() = statement_timestamp() AS alone',
    );
    expect(rows).toEqual([{ id: null, alone: true }]);
  });
});
