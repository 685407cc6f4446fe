import { Misuse } from '@holdfast/errors';
import { quoteIdentifier } from '@holdfast/querier';
import type { DataSource, MigrationInterface } from 'typeorm';
import type { MigrationList } from './migration-list.js';
import type { DbWriteSession } from './session/db-session.js';

interface NamedMigration {
  readonly name: string;
  readonly timestamp: number;
  readonly migration: MigrationInterface;
}

// Any number will do that nobody else takes: "holdfast" in ASCII, cut to 63 bits.
const LOCK = '7525358018953835379';

export type BeginSession = <Result>(work: (dbSession: DbWriteSession) => Promise<Result>) => Promise<Result>;

/** What `Database.migrate` does. A lock of the transaction, not of the connection, so that poolers may stand between. */
export function migrate(beginSession: BeginSession, table: string, list: MigrationList): Promise<readonly string[]> {
  const migrations = named(list);
  return beginSession(async (dbSession) => {
    await dbSession.sql`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`;
    const applied = await appliedNames(dbSession, table);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, timestamp, migration } of pending) {
      await migration.up(dbSession.manager.queryRunner!);
      await query(dbSession, `INSERT INTO ${table} (timestamp, name) VALUES ($1, $2)`, [timestamp, name]);
    }
    return pending.map(({ name }) => name);
  });
}

async function appliedNames(dbSession: DbWriteSession, table: string): Promise<ReadonlySet<string>> {
  // TypeORM's own table, so that its command line tells the same.
  await query(
    dbSession,
    `CREATE TABLE IF NOT EXISTS ${table} (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)`,
  );
  const rows = await query<{ name: string }[]>(dbSession, `SELECT name FROM ${table}`);
  return new Set(rows.map(({ name }) => name));
}

function query<Rows>(dbSession: DbWriteSession, sql: string, values: unknown[] = []): Promise<Rows> {
  return dbSession.manager.query<Rows>(sql, values);
}

/** The name of TypeORM's table of migrations, quoted, as the DataSource is set. */
export function migrationsTable({ options }: DataSource): string {
  const { schema } = options as { readonly schema?: string };
  const path = [schema, options.migrationsTableName ?? 'migrations'].filter((name) => name !== undefined);
  return path.map(quoteIdentifier).join('.');
}

function named(list: MigrationList): readonly NamedMigration[] {
  const migrations = list.map((Migration) => {
    const migration = new Migration();
    const name = migration.name ?? Migration.name;
    const timestamp = Number(name.slice(-13));
    if (migration.transaction === false) throw new Misuse(`${name} asks for no transaction, and all run in one.`);
    if (!/\d{13}$/.test(name)) throw new Misuse(`The name of the migration ${name} does not end in a timestamp.`);
    return { name, timestamp, migration };
  });
  const names = new Set(migrations.map(({ name }) => name));
  if (names.size !== migrations.length) throw new Misuse('Two migrations have the same name.');
  return migrations.sort((a, b) => a.timestamp - b.timestamp);
}
