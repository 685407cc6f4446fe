import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFaultProxy } from '@holdfast/testing';
import pg from 'pg';
import { choppingProxy } from './fixture/chopping-proxy.js';
import { type Ledger, openLedger } from './fixture/ledger.js';
import { frames, rawClient } from './fixture/raw-client.js';

let ledger: Ledger;

beforeAll(async () => {
  ledger = await openLedger();
});

afterAll(() => ledger.close());

const insert = (line: number): string => `INSERT INTO ledger VALUES (${line})`;

describe('What comes in pieces', () => {
  it('is recognised byte by byte on both sides, and all of it before the fault comes through', async () => {
    const { hostname, port } = new URL(ledger.url);
    const behind = await choppingProxy(hostname, Number(port || 5432));
    const proxy = await startFaultProxy({ host: '127.0.0.1', port: behind.port });
    const inFront = await choppingProxy(proxy.host, proxy.port);
    const url = new URL(ledger.url);
    url.host = `127.0.0.1:${inFront.port}`;
    const client = await rawClient(url.href);

    const landings = [proxy.next({ fault: 'delay', at: 'commit', delayMs: 1, answerDelayMs: 1 })];
    client.send(frames.run('BEGIN'), frames.run(insert(1)), frames.run('COMMIT'), frames.sync);
    await client.untilAnswered(1);
    landings.push(proxy.next({ fault: 'cutAfter', at: 'sync' }));
    client.send(frames.query('SELECT 1'), frames.run(insert(2)), frames.sync, frames.run(insert(3)), frames.sync);

    expect(await Promise.all(landings)).toMatchObject([{ sql: 'COMMIT' }, { sql: insert(2) }]);
    expect(await client.ended).toBeNull();
    expect(client.answers).toBe('12C12C12CZ' + 'TDCZ');
    expect(await ledger.ask('SELECT line FROM ledger ORDER BY 1')).toEqual([{ line: 1 }, { line: 2 }]);
    await proxy.close();
    for (const chopping of [behind, inFront]) chopping.close();
  });

  it('goes through as it is, however large, in both directions', async () => {
    const client = await ledger.connect();
    const large = 'ä'.repeat(8_000_000);

    const { rows } = await client.query('SELECT $1::text AS one, $1::text AS two', [large]);
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: { sql: /^SELECT md5/ } });
    const lost = expect(client.query(`SELECT md5('${large}')`)).rejects.toThrow('Connection terminated unexpectedly');

    expect(rows[0].one === large && rows[0].two === large).toBe(true);
    expect((await landing).sql).toMatch(/^SELECT md5\('ä{30000}/);
    await lost;
  });

  it('goes through by thousands of rows, and is swallowed by thousands of rows', async () => {
    const client = await ledger.connect();
    const sql = 'SELECT n, repeat(n::text, 20) AS text FROM generate_series(1, 50000) AS n';

    const { rows } = await client.query(sql);
    const landing = ledger.proxy.next({ fault: 'cutAfter', at: { sql: /./ } });
    await expect(client.query(sql)).rejects.toThrow('Connection terminated unexpectedly');

    expect(rows).toHaveLength(50_000);
    expect(rows.at(-1)).toEqual({ n: 50_000, text: '50000'.repeat(20) });
    expect(await landing).toMatchObject({ sql });
  });

  it('keeps the server waiting while the client does not read', async () => {
    const client = new pg.Client(ledger.proxy.through(ledger.url));
    await client.connect();
    const { stream } = (client as unknown as { readonly connection: { readonly stream: NodeJS.ReadableStream } })
      .connection;
    stream.pause();

    const read = client.query(`SELECT repeat('x', 1000) FROM generate_series(1, 200000)`);
    const waits = `SELECT FROM pg_stat_activity WHERE wait_event = 'ClientWrite' AND datname = current_database()`;
    while ((await ledger.ask(waits)).length === 0);
    stream.resume();

    expect((await read).rowCount).toBe(200_000);
    await client.end();
  });
});
