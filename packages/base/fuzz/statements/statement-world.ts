import { randomBytes } from 'node:crypto';
import { CursorCodec } from '@holdfast/querier';
import fc from 'fast-check';
import pg from 'pg';
import { DataSource, type DataSourceOptions, DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';
import { Database, type DatabaseOptions, guardedPool } from '../../src/index.js';
import { choppingProxy } from '../../test/fixture/chopping-proxy.js';
import { arbitraryEntity, SCHEMAS } from './arbitrary-entity.js';
import { fuzzedEntity } from './entity-schema.js';
import { type FuzzedTable, fuzzedTable } from './fuzzed-table.js';
import type { Way } from './way.js';

/** A database of its own with tables of random entities, and the ways to it. */
export interface StatementWorld {
  readonly tables: readonly FuzzedTable[];
  readonly ways: readonly Way[];
  /** The other way to know: plain SQL, on a connection that nobody disturbs. */
  readonly sql: pg.Client;
  /** A number that no row of this world has yet. */
  next(): number;
  close(): Promise<void>;
}

export interface StatementWorldArgs {
  readonly serverUrl: string;
  readonly entities: number;
  readonly seed: number;
}

/** Answers come in pieces of up to so many bytes by one of the ways. */
const MOST_CHOPPED = 900;

/** Every column and table under another name than its property. */
class Prefixed extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(property: string, name: string, prefixes: string[]): string {
    return name === '' || name === undefined ? `c_${super.columnName(property, name, prefixes)}` : name;
  }
}

export async function statementWorld({ serverUrl, entities, seed }: StatementWorldArgs): Promise<StatementWorld> {
  const name = `fuzz_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const sql = new pg.Client(url.href);
  // What ends it is told by the statement that it ends.
  sql.on('error', () => {});
  await sql.connect();
  await sql.query(`SET DateStyle = 'ISO'; SET extra_float_digits = 1; SET TimeZone = 'UTC'; SET bytea_output = 'hex'`);
  for (const schema of SCHEMAS) await sql.query(`CREATE SCHEMA "${schema}"`);
  const plans = Array.from(
    { length: entities },
    (_, i) => fc.sample(arbitraryEntity(i), { seed: seed + i, numRuns: 1 })[0]!,
  );
  const fuzzed = plans.map(fuzzedEntity);
  const dataSource = (address: string, more: Partial<DataSourceOptions>): Promise<DataSource> => {
    const options = {
      type: 'postgres',
      url: address,
      entities: fuzzed.flatMap(({ schemas }) => schemas),
      ...(seed % 2 === 0 ? {} : { namingStrategy: new Prefixed() }),
      ...more,
    };
    return new DataSource(options as DataSourceOptions).initialize();
  };
  const proxy = await choppingProxy(url.href, MOST_CHOPPED);
  const guarded = await dataSource(url.href, { synchronize: true, ...guardedPool({ max: 1 }) });
  const stock = await dataSource(url.href, { extra: { max: 1 } });
  const chopped = await dataSource(proxy.url, guardedPool({ max: 1 }));
  const cursors = new CursorCodec({ keys: ['a secret that only this fuzzing knows of'] });
  const way = (wayName: string, share: number, source: DataSource, options: DatabaseOptions = {}): Way => ({
    name: wayName,
    share,
    dataSource: source,
    database: new Database(source, { cursors, ...options }),
  });
  let last = 1_000_000;
  const tables: FuzzedTable[] = [];
  for (const [i, plan] of plans.entries()) tables.push(await fuzzedTable(plan, fuzzed[i]!.entity, guarded, sql));
  return {
    tables,
    ways: [
      way('guarded', 8, guarded),
      way('without names', 4, guarded, { preparedStatements: false }),
      way('few names', 2, guarded, { maxPreparedStatements: 2 }),
      way('stock', 4, stock),
      way('chopped', 1, chopped),
    ],
    sql,
    next: () => ++last,
    async close() {
      await Promise.all([guarded, stock, chopped].map((source) => source.destroy()));
      proxy.close();
      await sql.end();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}
