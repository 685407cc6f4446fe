import { randomBytes } from 'node:crypto';
import { EntityNotFound } from '@holdfast/errors';
import { CursorCodec, type EntityShape } from '@holdfast/querier';
import pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import { EntityCatalog } from '../../src/entity/entity-catalog.js';
import { Database, entityOperations, type EntityOperations, guardedPool } from '../../src/index.js';
import { DATABASE_PREFIX, type FuzzedColumn } from './fuzzed-column.js';
import { LIKINGS } from './fuzzed-entities.js';
import { ownerColumns, OwnerRow, thingColumns, ThingRow } from './fuzzed-rows.js';
import { fuzzedWorld } from './fuzzed-world.js';

/** How an application has an entity. */
export interface FuzzedTable<Row extends object> {
  readonly shape: EntityShape;
  readonly operations: EntityOperations<Row, object, string>;
}

/** A database with the fuzzed world in it. */
export interface FuzzedDatabase {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly thing: FuzzedTable<ThingRow>;
  readonly owner: FuzzedTable<OwnerRow>;
  /** The same of an application whose cursors are signed with another key. */
  readonly withOtherKey: Pick<FuzzedDatabase, 'database' | 'cursors'>;
  close(): Promise<void>;
}

const CONNECTIONS = 6;

/** Makes a database of its own on the server. */
export async function fuzzedDatabase(serverUrl: string): Promise<FuzzedDatabase> {
  const name = `fuzz_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, [`CREATE DATABASE ${name}`]);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const dataSource = await new DataSource({
    type: 'postgres',
    url: url.href,
    entities: [ThingRow, OwnerRow],
    synchronize: true,
    // Nothing that is asked of so few rows takes long.
    ...guardedPool({ max: CONNECTIONS, statement_timeout: 20_000 }),
  }).initialize();
  await fill(url.href);
  const cursors = new CursorCodec({ keys: ['a secret that only this fuzzing knows of'] });
  const others = new CursorCodec({ keys: ['a secret that is another one than the first'] });
  const catalog = new EntityCatalog(dataSource, cursors);
  const table = <Row extends object>(entity: EntitySchema<Row>): FuzzedTable<Row> => ({
    shape: catalog.mappingOf(entity),
    operations: operationsOf(entity),
  });
  return {
    database: new Database(dataSource, { cursors }),
    cursors,
    thing: table(ThingRow),
    owner: table(OwnerRow),
    withOtherKey: { database: new Database(dataSource, { cursors: others }), cursors: others },
    async close() {
      await dataSource.destroy();
      await onServer(serverUrl, [`DROP DATABASE ${name} WITH (FORCE)`]);
    },
  };
}

function operationsOf<Row extends object>(entity: EntitySchema<Row>): EntityOperations<Row, object, string> {
  return entityOperations<Row, object, string>({
    entity,
    // Not what nobody may see.
    toData: ({ secret: _, ...row }: Row & { secret?: unknown }) => row,
    notFound: (id) => new EntityNotFound('row', `There is no row ${id}.`),
    alreadyExists: () => new EntityNotFound('row', 'Nothing is created here.'),
    softDelete: 'deletedAt' as never,
  });
}

async function fill(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const insert = async (table: string, rows: readonly (readonly [string, unknown][])[]): Promise<void> => {
    for (const row of rows) {
      const columns = row.map(([column]) => DATABASE_PREFIX + column).join(', ');
      const values = row.map((_, i) => `$${i + 1}`).join(', ');
      const sql = `INSERT INTO ${DATABASE_PREFIX}${table} (${columns}) VALUES (${values})`;
      await client.query(
        sql,
        row.map(([, value]) => value),
      );
    }
  };
  const stored = (columns: Readonly<Record<string, FuzzedColumn>>, entity: string): [string, unknown][][] =>
    fuzzedWorld[entity]!.map((row) =>
      Object.entries(columns).map(([property, { oracle }]) => {
        const value = row[property];
        return [property.toLowerCase(), oracle.kind === 'json' && value !== null ? JSON.stringify(value) : value];
      }),
    );
  // Bosses come after those whom they are over.
  await client.query(`SET session_replication_role = replica`);
  await insert('owners', stored(ownerColumns, 'owner'));
  await insert('things', stored(thingColumns, 'thing'));
  await insert(
    'likings',
    fuzzedWorld[LIKINGS]!.map(({ thingId, fanId }) => [
      ['thing', thingId],
      ['fan', fanId],
    ]),
  );
  await client.end();
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}
