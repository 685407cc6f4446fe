import { randomBytes } from 'node:crypto';
import { CursorCodec } from '@holdfast/querier';
import pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import { EntityCatalog } from '../src/entity/entity-catalog.js';
import { Database, guardedPool } from '../src/index.js';

/** A database to walk through, and a plain client to ask for the truth. */
export interface WalkedDatabase {
  readonly database: Database;
  /** What the database compiles with, codec of cursors included. */
  readonly catalog: EntityCatalog;
  readonly client: pg.Client;
  /** Plain clients, each with other settings. */
  readonly strangers: readonly pg.Pool[];
  close(): Promise<void>;
}

// A zone whose offsets have minutes and, long ago, seconds; dates with the day first; bytes as text with backslashes.
const FOREIGN = [
  `TimeZone = 'Asia/Kathmandu'`,
  `DateStyle = 'SQL, DMY'`,
  `IntervalStyle = 'sql_standard'`,
  `bytea_output = 'escape'`,
];

const STRANGERS = [
  '-c TimeZone=Asia/Kathmandu -c DateStyle=SQL,DMY -c bytea_output=escape',
  '-c TimeZone=America/St_Johns -c DateStyle=Postgres,MDY -c bytea_output=hex',
  '-c TimeZone=UTC -c DateStyle=German -c bytea_output=escape',
];

/** Makes a database of its own on the server, with the settings of a far country as its defaults. */
export async function walkedDatabase(
  serverUrl: string,
  entities: readonly EntitySchema[],
  prepare: (client: pg.Client) => Promise<void>,
): Promise<WalkedDatabase> {
  const name = `walks_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, [
    `CREATE DATABASE ${name}`,
    ...FOREIGN.map((setting) => `ALTER DATABASE ${name} SET ${setting}`),
  ]);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client(url.href);
  await client.connect();
  await prepare(client);
  const dataSource = await new DataSource({
    type: 'postgres',
    url: url.href,
    entities: [...entities],
    ...guardedPool({ max: 6 }),
  }).initialize();
  const cursors = new CursorCodec({ keys: ['a secret that only these walks know of'] });
  const strangers = STRANGERS.map((options) => new pg.Pool({ connectionString: url.href, options, max: 1 }));
  return {
    database: new Database(dataSource, { cursors }),
    catalog: new EntityCatalog(dataSource, cursors),
    client,
    strangers,
    async close() {
      await Promise.all(strangers.map((pool) => pool.end()));
      await dataSource.destroy();
      await client.end();
      await onServer(serverUrl, [`DROP DATABASE ${name} WITH (FORCE)`]);
    },
  };
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}
