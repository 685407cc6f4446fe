import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { ask } from './ask.js';
import { isRunning } from './is-running.js';

async function listening(): Promise<{ neighbour: Server; port: number }> {
  const neighbour = createServer().listen(0, '127.0.0.1');
  await once(neighbour, 'listening');
  return { neighbour, port: (neighbour.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { neighbour, port } = await listening();
  neighbour.close();
  await once(neighbour, 'close');
  return port;
}

describe('two started servers', () => {
  let durable: EmbeddedPostgres;
  let fast: EmbeddedPostgres;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const settings = { deadlock_timeout: '2s', work_mem: '7MB' };
    process.env['PGAPPNAME'] = 'ours';
    [durable, fast] = await Promise.all([
      startEmbeddedPostgres({ port, maxConnections: 33, settings }),
      startEmbeddedPostgres({ durability: 'fast' }),
    ]);
    delete process.env['PGAPPNAME'];
  });

  afterAll(async () => {
    await Promise.all([durable.stop(), fast.stop()]);
  });

  it('answer as soon as the promise is resolved', async () => {
    expect(fast.url).toBe(`postgres://postgres@127.0.0.1:${fast.port}/postgres`);
    expect(await ask(fast.url, 'SELECT 1 + 1')).toEqual([[2]]);
  });

  it('know nothing of each other', async () => {
    await ask(fast.url, 'CREATE TABLE of_one (id int)');

    expect(await ask(durable.url, `SELECT to_regclass('of_one')`)).toEqual([[null]]);
    expect(durable.dataDirectory).not.toBe(fast.dataDirectory);
  });

  it('are durable unless told otherwise', async () => {
    const sql = ['fsync', 'synchronous_commit', 'full_page_writes']
      .map((name) => `current_setting('${name}')`)
      .join(', ');

    expect(await ask(durable.url, `SELECT ${sql}`)).toEqual([['on', 'on', 'on']]);
    expect(await ask(fast.url, `SELECT ${sql}`)).toEqual([['off', 'off', 'off']]);
  });

  it('listen on the port that was asked for', async () => {
    expect(durable.port).toBe(port);
    expect(await ask(durable.url, `SELECT current_setting('port')`)).toEqual([[String(port)]]);
  });

  it('take settings, and the given ones win over ours', async () => {
    const sql = ['max_connections', 'deadlock_timeout', 'work_mem']
      .map((name) => `current_setting('${name}')`)
      .join(', ');

    expect(await ask(durable.url, `SELECT ${sql}`)).toEqual([['33', '2s', '7MB']]);
    expect(await ask(fast.url, `SELECT current_setting('deadlock_timeout')`)).toEqual([['100ms']]);
  });

  it('do not obey the PG* variables of our environment, not even where they are clients themselves', async () => {
    await ask(fast.url, 'CREATE EXTENSION dblink');

    const rows = await ask(
      fast.url,
      `SELECT name FROM dblink('host=127.0.0.1 user=postgres dbname=postgres port=${fast.port}', 'SHOW application_name') AS t(name text)`,
    );

    expect(rows).toEqual([['']]);
  });

  it('know upper and lower case beyond ASCII', async () => {
    expect(await ask(fast.url, `SELECT lower('ÄÉΣ'), 'É' ILIKE 'é'`)).toEqual([['äéσ', true]]);
  });
});

describe('a server that cannot start', () => {
  it('is reported in one line that names the cause', async () => {
    const attempt = startEmbeddedPostgres({ durability: 'fast', settings: { no_such_setting: 1 } });

    await expect(attempt).rejects.toMatchObject({
      name: 'StartFailed',
      code: 'database_start_internal-error',
      message: expect.stringMatching(/^PostgreSQL did not start: .*no_such_setting.*$/),
    });
  });

  it('because its port is taken says so', async () => {
    const { neighbour, port } = await listening();

    const attempt = startEmbeddedPostgres({ durability: 'fast', port });

    await expect(attempt).rejects.toMatchObject({
      name: 'PortTaken',
      port,
      message: `Port ${port} of 127.0.0.1 is taken.`,
    });
    neighbour.close();
  });
});

describe('stop', () => {
  it('leaves no process and no directory, however busy the clients are, and may be called again', async () => {
    const server = await startEmbeddedPostgres({ durability: 'fast' });
    const cut = expect(ask(server.url, 'SELECT pg_sleep(60)')).rejects.toThrow();

    await Promise.all([server.stop(), server.stop()]);
    await server.stop();

    await cut;
    expect(isRunning(server.processId)).toBe(false);
    expect(existsSync(server.dataDirectory)).toBe(false);
  });

  it('cleans up after a server that died by itself', async () => {
    const server = await startEmbeddedPostgres({ durability: 'fast' });
    process.kill(server.processId, 'SIGKILL');

    await server.stop();

    expect(existsSync(server.dataDirectory)).toBe(false);
  });
});
