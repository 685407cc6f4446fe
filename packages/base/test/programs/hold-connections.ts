// Holds connections in every way there is, and prints their server processes; when told that they are gone, prints
// what it still can do. With `stock` over a pool of pg's own, otherwise over a guarded one.
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Database, guardedPool } from '../../src/index.js';

const [, , url, kind] = process.argv;
const pool = kind === 'stock' ? { extra: { max: 8 } } : guardedPool({ max: 8 });
const options = { type: 'postgres', url: url!, poolErrorHandler: () => {}, ...pool } as const;
const dataSource = await new DataSource(options).initialize();
const database = new Database(dataSource);
const { master } = dataSource.driver as unknown as { readonly master: pg.Pool };
await database.ping();
const held: Promise<unknown>[] = [];
master.on('acquire', (client) => held.push(new Promise((resolve) => client.once('end', resolve))));

const sql = 'SELECT pg_backend_pid() AS pid';
const client = await master.connect();
const idle = await client.query<{ pid: number }>(sql);
const begun = await master.connect();
await begun.query('BEGIN');
const inTransaction = await begun.query<{ pid: number }>(sql);
const runner = dataSource.createQueryRunner();
const [ofRunner] = (await runner.query(sql)) as [{ pid: number }];
let over: () => void = () => {};
const wait = new Promise<void>((resolve) => (over = resolve));
let pidOfSession = 0;
const session = new Promise<void>((begins) => {
  void database
    .beginSession(async (dbSession) => {
      const [row] = await dbSession.sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`;
      pidOfSession = row!.pid;
      begins();
      await wait;
      await dbSession.sql`SELECT 1`;
    })
    .catch(() => {});
});
await session;
const pids = [idle.rows[0]!.pid, inTransaction.rows[0]!.pid, ofRunner.pid, pidOfSession];
process.stdout.write(`${JSON.stringify(pids)}\n`);

const gone = Promise.all(held);
createInterface({ input: process.stdin }).once('line', () => {
  void (async () => {
    await gone;
    over();
    client.release();
    begun.release();
    await runner.release();
    const [row] = await dataSource.query('SELECT 1 AS alive');
    await database.ping();
    process.stdout.write(`${JSON.stringify(row)}\n`);
    process.exit(0);
  })();
});
