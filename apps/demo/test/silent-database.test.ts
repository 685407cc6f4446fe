import { once } from 'node:events';
import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { type DemoProcess, spawnDemo } from './support/demo-process.js';
import { type FreezableProxy, freezableProxy } from './support/freezable-proxy.js';
import { MetricsPage } from './support/metrics-page.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';
import { until } from './support/until.js';

const key = syntheticTenants.superadminKey;

describe('a start on a server that takes connections and says nothing', () => {
  let server: net.Server;
  let demo: DemoProcess;
  let connection: Promise<unknown>;
  let DATABASE_URL: string;

  beforeEach(async () => {
    server = net.createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    connection = once(server, 'connection');
    const { port } = server.address() as net.AddressInfo;
    DATABASE_URL = `postgres://hf:secret@127.0.0.1:${port}/demo?password=topsecret`;
    demo = spawnDemo(['--port', '0'], { DATABASE_URL });
  });
  afterEach(async () => {
    demo.child.kill('SIGKILL');
    await demo.ended;
    server.close();
  });

  it('is given up, and says so in one line that holds no password', async () => {
    expect(await demo.ended).toBe(1);
    expect(demo.errors()).toMatch(/^The database postgres:\/\/127\.0\.0\.1:\d+\/demo cannot be used: [^\n]+\.\n$/);
    expect(demo.errors()).not.toContain('secret');
  });

  it('ends at the first signal, and waits for no connection any more', async () => {
    // Given another one that waits for as long
    const second = connection.then(() => once(server, 'connection'));
    const told = spawnDemo(['--port', '0'], { DATABASE_URL });
    await second;

    told.child.kill('SIGTERM');

    expect(await Promise.race([told.ended, demo.ended])).toBe(0);
    expect([told.output(), told.errors()]).toEqual(['', '']);
  });
});

describe('a demo whose database falls silent', () => {
  let database: ScratchDatabase;
  let proxy: FreezableProxy;

  beforeAll(async () => {
    database = await scratchDatabase();
  });
  beforeEach(async () => {
    proxy = await freezableProxy(database.url);
  });
  afterEach(() => proxy.close());
  afterAll(() => database.drop());

  /** A process with idle connections, and with a request under way that the database will not answer. */
  async function stuck(): Promise<{ readonly demo: DemoProcess; readonly answer: Promise<Response> }> {
    const demo = spawnDemo(['--port', '0'], { DATABASE_URL: proxy.url });
    const printed = await demo.prints('Ctrl-C ends it.');
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)![0];
    const ask = (): Promise<Response> => fetch(`${address}/sessions`, { headers: { authorization: `Bearer ${key}` } });
    await Promise.all(Array.from({ length: 4 }, ask));
    proxy.freeze();
    const answer = ask();
    answer.catch(() => undefined);
    await proxy.swallowed;
    return { demo, answer };
  }

  it('answers what is under way after the first signal, by its deadline, and ends in order', async () => {
    const { demo, answer } = await stuck();
    const before = demo.errors();
    demo.child.kill('SIGINT');
    expect([503, 504]).toContain((await answer).status);
    expect(await demo.ended).toBe(0);
    expect(demo.errors()).toBe(before);
  });

  it('ends at once at the second signal', async () => {
    const { demo } = await stuck();
    demo.child.kill('SIGINT');
    demo.child.kill('SIGTERM');
    expect([143, 130]).toContain(await demo.ended);
  });

  describe('answers', () => {
    let demo: RunningDemo;

    beforeEach(async () => {
      demo = await runDemo({ databaseUrl: proxy.url });
    });

    it('409 for a row that somebody else keeps locked', async () => {
      const { items } = (await demo.call(key, '/sessions?first=1')).body as { items: [{ id: string }] };
      const other = new Client({ connectionString: database.url });
      await other.connect();
      await other.query('BEGIN');
      await other.query('SELECT FROM sessions WHERE id = $1 FOR UPDATE', [items[0].id]);

      const { status, headers, body } = await demo.call(key, `/sessions/${items[0].id}`, { tag: 'x' }, 'PATCH');
      await other.end();

      expect([status, body['title']]).toEqual([409, 'LockNotAvailable']);
      expect(headers.get('content-type')).toBe('application/problem+json');
      await demo.stop();
    });

    it('503 or 504, and tells a database that says nothing from a pool that is used up', async () => {
      proxy.freeze();
      const ready = await demo.call(null, '/health/ready');
      const reads = Array.from({ length: 10 }, () => demo.call(key, '/sessions?first=1'));
      await until('A pool that is used up', 30_000, async () => {
        const page = new MetricsPage((await demo.call(null, '/metrics')).text);
        const used = page.sum('backendai_database_pool_connections', { state: 'used' });
        return used === page.sum('backendai_database_pool_max_connections') ? true : null;
      });
      const busy = await demo.call(null, '/health/ready');
      const answers = [ready, busy, ...(await Promise.all(reads))];

      for (const { status, headers } of answers) {
        expect([503, 504]).toContain(status);
        expect(headers.get('content-type')).toBe('application/problem+json');
      }
      expect(ready.body).toMatchObject({
        code: 'health-check_generic_not-ready',
        detail: 'The database does not answer in time.',
      });
      expect(busy.body).toMatchObject({
        code: 'health-check_generic_pool-exhausted',
        detail: 'The pool of connections to the database is exhausted.',
      });
      await demo.stop().catch(() => undefined);
    });
  });
});
