import { isNativeError } from 'node:util/types';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ChaosServer, LEDGER_NAME } from '../src/faults/chaos-server.js';
import { seededRandom } from '../src/seeded-random.js';

let server: ChaosServer;

beforeAll(async () => {
  server = await ChaosServer.start();
  await server.query('CREATE TABLE notes AS SELECT 1 AS id');
});

afterAll(() => server.stop());

/** A connection of the ledger's within a statement that does not end. */
async function busyConnection(): Promise<{ readonly lost: Promise<unknown> }> {
  const client = new pg.Client({ connectionString: server.url, application_name: LEDGER_NAME });
  client.on('error', () => {});
  await client.connect();
  await client.query('BEGIN');
  const lost = client.query('SELECT pg_sleep(600)').catch((error: unknown) => error);
  return { lost };
}

/** Resolves when the server has none of the ledger's: who is told that its connection ends is told a moment before. */
async function nobodyIsThere(): Promise<void> {
  const there = 'SELECT FROM pg_stat_activity WHERE application_name = $1';
  while ((await server.query(there, [LEDGER_NAME])).length > 0);
}

async function notes(): Promise<number> {
  return (await server.query('SELECT id FROM notes')).length;
}

describe('ChaosServer', () => {
  it('holds what was committed, and waits for the disk', async () => {
    const [settings] = await server.query(
      `SELECT current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync`,
    );

    expect(settings).toEqual({ commit: 'on', fsync: 'on' });
  });

  it.each([
    ['terminates', (one: ChaosServer) => one.terminateBackend(seededRandom(1, 'victims'))],
    ['kills', (one: ChaosServer) => one.killBackend(seededRandom(1, 'victims'))],
  ])('%s a backend of the ledger that does something, and says when there is none', async (_, hit) => {
    await nobodyIsThere();
    expect(await hit(server)).toBe(false);
    const { lost } = await busyConnection();

    expect(await hit(server)).toBe(true);

    expect(isNativeError(await lost)).toBe(true); // Node's own, of a socket, is of another realm.
    expect(await notes()).toBe(1);
  });

  it.each([
    ['killed with all of its processes', (one: ChaosServer) => one.kill()],
    ['shut down', (one: ChaosServer) => one.restart()],
    ['shut down once more', (one: ChaosServer) => one.restart()],
    ['killed once more', (one: ChaosServer) => one.kill()],
  ])('comes back with its data where it was, %s', async (_, end) => {
    const { port } = server;
    const { lost } = await busyConnection();

    await end(server);

    expect(isNativeError(await lost)).toBe(true); // Node's own, of a socket, is of another realm.
    expect(server.port).toBe(port);
    expect(await notes()).toBe(1);
  });
});
