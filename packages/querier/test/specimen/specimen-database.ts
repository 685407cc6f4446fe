import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { OracleWorld } from '../oracle/oracle-entity.js';
import { columnName } from './specimen-shapes.js';
import { specimenLiteral } from './specimen-literal.js';
import { MOODS, type SpecimenEntity, specimenEntities } from './specimens.js';

export interface SpecimenDatabase {
  /** Runs statements while exactly the rows of a world are there. */
  within<Result>(world: OracleWorld, work: (run: RunStatement) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The values of each row, by position, as PostgreSQL's text. */
export type TextRow = readonly (string | null)[];

export type RunStatement = (sql: string, values: TextRow) => Promise<readonly TextRow[]>;

/** A database of its own with the tables of the specimens, empty. */
export async function specimenDatabase(): Promise<SpecimenDatabase> {
  const server = process.env['DATABASE_URL'] ?? process.env['HOLDFAST_TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('No server to test on: Jest starts one.');
  const name = `querier_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href, types: { getTypeParser: () => (text: string) => text } });
  await client.connect();
  await client.query(schema());
  const run: RunStatement = async (text, values) =>
    (await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' })).rows;
  return {
    async within(world, work) {
      await client.query('BEGIN');
      try {
        await insert(client, world);
        return await work(run);
      } finally {
        await client.query('ROLLBACK');
      }
    },
    async close() {
      await client.end();
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

function schema(): string {
  const labels = MOODS.map((label) => pg.escapeLiteral(label)).join(', ');
  const tables = specimenEntities.map((entity) => {
    const columns = Object.entries(entity.columns).map(([property, { ddl }]) => `${columnName(property)} ${ddl}`);
    const key = entity.primaryKey.map(columnName).join(', ');
    return `CREATE TABLE "${entity.name}" (${columns.join(', ')}, PRIMARY KEY (${key}));`;
  });
  return [`CREATE TYPE mood AS ENUM (${labels});`, ...tables].join('\n');
}

/** All rows of all tables in one trip. */
async function insert(client: pg.Client, world: OracleWorld): Promise<void> {
  const filled = specimenEntities.filter(({ name }) => (world[name]?.length ?? 0) > 0);
  if (filled.length === 0) return;
  const inserts = filled.map((entity, index) => `i${index} AS (${insertOf(entity, index + 1)} RETURNING 1)`);
  const rows = filled.map((entity) => JSON.stringify(world[entity.name]!.map((row) => literals(entity, row))));
  await client.query(`WITH ${inserts.join(', ')} SELECT`, rows);
}

function insertOf(entity: SpecimenEntity, parameter: number): string {
  const names = Object.keys(entity.columns).map(columnName);
  const casts = Object.entries(entity.columns).map(
    ([property, { type }]) => `${columnName(property)}::${type.sql}${type.array ? '[]' : ''}`,
  );
  return `INSERT INTO "${entity.name}" (${names.join(', ')})
    SELECT ${casts.join(', ')} FROM json_to_recordset($${parameter}) AS r(${names.map((name) => `${name} text`).join(', ')})`;
}

function literals(entity: SpecimenEntity, row: Readonly<Record<string, unknown>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(entity.columns).map(([property, column]) => [
      JSON.parse(columnName(property)) as string,
      specimenLiteral(column, row[property] ?? null),
    ]),
  );
}

/** Of a collation of its own: by code point like the columns, but with a lower case beyond ASCII where there is one. */
async function createDatabase(url: string, name: string): Promise<void> {
  const [server] = await onServer(url, `SELECT current_setting('server_version_num')::int >= 170000 AS has_builtin`);
  const locale = server!['has_builtin'] === true ? `LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'` : '';
  await onServer(url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' ${locale}`);
}

async function onServer(url: string, sql: string): Promise<readonly pg.QueryResultRow[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as pg.QueryResultRow[];
  } finally {
    await client.end();
  }
}
