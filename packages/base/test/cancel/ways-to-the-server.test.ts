import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import pg from 'pg';
import { fenced, fencedCancel } from '../../src/wire/cancel-fence.js';
import { runs } from '../fixture/runs.js';
import { cancelRequest } from '../../src/wire/cancel-request.js';
import { GuardedClient } from '../../src/wire/guarded-client.js';
import { runCancelable } from '../../src/wire/run-cancelable.js';
import type { RunFailure } from '../../src/wire/run-failure.js';
import { Statement } from '../../src/wire/statement.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('Left out: the tests over TLS, for which openssl is not installed.\n');
const itOverTls = hasOpenssl ? it : it.skip;
const reason = new Error('no longer wanted');

/** Gives up a statement once it runs. */
async function givenUp(
  server: EmbeddedPostgres,
  client: pg.Client,
  sql: string,
  event: string,
): Promise<RunFailure | null> {
  const admin = new pg.Client(server.url);
  await admin.connect();
  const abort = new AbortController();
  const running = new Promise<RunFailure | null>((resolve) =>
    runCancelable(client, { statement: Statement.once(sql, null), values: [] }, [], abort, resolve),
  );
  await runs(admin, client, event);
  abort.abort(reason);
  await admin.end();
  return running;
}

// A request to cancel goes the way that the connection went.
describe.each([
  ['a guarded client', GuardedClient],
  ["pg's own client", pg.Client],
])('a cancel of %s', (_name, Client) => {
  let server: EmbeddedPostgres;
  let folder: string;
  let ca: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'holdfast-cancel-'));
    chmodSync(folder, 0o777);
    server = await startEmbeddedPostgres({
      durability: 'fast',
      settings: { unix_socket_directories: folder, synchronous_standby_names: 'nobody' },
    });
    if (hasOpenssl) ca = await encrypted(server, folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const connected = async (config: pg.ClientConfig): Promise<pg.Client> => {
    const client = new Client(config);
    await client.connect();
    return client;
  };

  it('goes over a unix socket', async () => {
    const client = await connected({ host: folder, port: server.port, user: 'postgres' });

    expect(await givenUp(server, client, 'SELECT pg_sleep(60)', 'PgSleep')).toEqual({
      kind: 'canceled',
      error: reason,
    });
    expect(await fenced(client)).toBe('usable');
    await client.end();
  });

  itOverTls.each([['postgres'], ['direct']])(
    'goes over TLS to whom the certificate is for, negotiated as %s',
    async (sslnegotiation) => {
      const config = { host: 'localhost', port: server.port, user: 'postgres', ssl: { ca }, sslnegotiation };
      const client = await connected(config as pg.ClientConfig);
      const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      expect(rows).toEqual([{ ssl: true }]);

      expect(await givenUp(server, client, 'SELECT pg_sleep(60)', 'PgSleep')).toEqual({
        kind: 'canceled',
        error: reason,
      });
      expect(await fenced(client)).toBe('usable');
      await client.end();
    },
  );

  it('does not make a write that waits for its replication one that stands', async () => {
    const client = await connected({ connectionString: server.url });
    await client.query('SET synchronous_commit = local');
    await client.query('CREATE TABLE IF NOT EXISTS replicated (id int)');
    await client.query('SET synchronous_commit = on');

    const failure = await givenUp(server, client, 'INSERT INTO replicated VALUES (1)', 'SyncRep');

    expect(failure).toMatchObject({ kind: 'lost', error: { cause: reason } });
    await client.end();
  });
});

it('goes through the factory of streams that a guarded client was given', async () => {
  const server = await startEmbeddedPostgres({ durability: 'fast' });
  let streams = 0;
  const stream = (): net.Socket => {
    streams++;
    return new net.Socket();
  };
  const client = new GuardedClient({ connectionString: server.url, stream } as pg.ClientConfig);
  await client.connect();
  const before = streams;

  const failure = await givenUp(server, client, 'SELECT pg_sleep(60)', 'PgSleep');

  expect(failure?.kind).toBe('canceled');
  expect(streams).toBeGreaterThan(before);
  await client.end();
  await server.stop();
});

it.each<[string, () => net.Socket]>([
  [
    'cannot make one',
    () => {
      throw new Error('There are no streams left.');
    },
  ],
  ['makes none', () => undefined as never],
  [
    'makes one that leads nowhere',
    () =>
      Object.assign(new net.Socket(), {
        connect() {
          throw new Error('This leads nowhere.');
        },
      }),
  ],
])('is not sent by a factory of streams that %s', async (_what, fail) => {
  const server = await startEmbeddedPostgres({ durability: 'fast' });
  let isFirst = true;
  const stream = (): net.Socket => {
    if (!isFirst) return fail();
    isFirst = false;
    return new net.Socket();
  };
  const client = new GuardedClient({ connectionString: server.url, stream } as pg.ClientConfig);
  await client.connect();

  expect(await cancelRequest(client)).toBe('not-sent');
  await fencedCancel(client);
  expect(await fenced(client)).toBe('usable');

  await client.end();
  await server.stop();
});

/** Lets the server speak TLS as localhost, by a certificate that is its own authority. */
async function encrypted(server: EmbeddedPostgres, folder: string): Promise<string> {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...request.split(' '), ...names], { stdio: 'ignore' });
  const admin = new pg.Client(server.url);
  await admin.connect();
  // Written by the server, they are its own, which it insists on.
  for (const [name, file] of [
    ['server.key', key],
    ['server.crt', cert],
  ] as const) {
    const into = path.join(server.dataDirectory, name);
    const text = readFileSync(file, 'utf8').trimEnd().replaceAll('\n', "'), ('");
    await admin.query(`COPY (SELECT line FROM (VALUES ('${text}')) AS of_file (line)) TO '${into}'`);
    chmodSync(into, 0o600);
  }
  await admin.query('ALTER SYSTEM SET ssl = on');
  await admin.query('SELECT pg_reload_conf()');
  while ((await admin.query<{ ssl: string }>('SHOW ssl')).rows[0]!.ssl !== 'on');
  await admin.end();
  return readFileSync(cert, 'utf8');
}
