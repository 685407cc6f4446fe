import { Misuse } from '@holdfast/errors';
import type { MigrationInterface } from 'typeorm';
import type { MigrationList } from './migration-list.js';
import type { DbWriteSession } from './session/db-session.js';

interface NamedMigration {
  readonly name: string;
  readonly timestamp: number;
  readonly migration: MigrationInterface;
}

// Any number will do that nobody else takes: "holdfast" in ASCII, cut to 63 bits.
const LOCK = '7525358018953835379';

type BeginSession = <Result>(work: (dbSession: DbWriteSession) => Promise<Result>) => Promise<Result>;

/** What `Database.migrate` does. A lock of the transaction, not of the connection, so that poolers may stand between. */
export function migrate(beginSession: BeginSession, list: MigrationList): Promise<readonly string[]> {
  const migrations = named(list);
  return beginSession(async (dbSession) => {
    await dbSession.sql`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`;
    const applied = await appliedNames(dbSession);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, timestamp, migration } of pending) {
      await migration.up(dbSession.manager.queryRunner!);
      await dbSession.sql`INSERT INTO migrations (timestamp, name) VALUES (${timestamp}, ${name})`;
    }
    return pending.map(({ name }) => name);
  });
}

async function appliedNames(dbSession: DbWriteSession): Promise<ReadonlySet<string>> {
  // TypeORM's own table, so that its command line tells the same.
  await dbSession.sql`
    CREATE TABLE IF NOT EXISTS migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)`;
  const rows = await dbSession.sql<{ name: string }>`SELECT name FROM migrations`;
  return new Set(rows.map(({ name }) => name));
}

function named(list: MigrationList): readonly NamedMigration[] {
  const migrations = list.map((Migration) => {
    const migration = new Migration();
    const name = migration.name ?? Migration.name;
    const timestamp = Number(name.slice(-13));
    if (!/\d{13}$/.test(name)) throw new Misuse(`The name of the migration ${name} does not end in a timestamp.`);
    return { name, timestamp, migration };
  });
  const names = new Set(migrations.map(({ name }) => name));
  if (names.size !== migrations.length) throw new Misuse('Two migrations have the same name.');
  return migrations.sort((a, b) => a.timestamp - b.timestamp);
}
