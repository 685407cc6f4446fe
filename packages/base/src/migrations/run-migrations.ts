import { Misuse } from '@holdfast/errors';
import type { QueryRunner } from 'typeorm';
import { driverError } from '../errors/driver-error.js';
import { MigrationFailed } from '../errors/migration-failed.js';
import { untilLocked } from '../locks/until-locked.js';
import type { AdvisoryLock } from '../locks/with-advisory-lock.js';
import type { DbWriteSession } from '../session/db-session.js';
import type { MigrationOptions } from './migration-options.js';
import type { MigrationRecords } from './migration-records.js';
import type { NamedMigration } from './named-migrations.js';

/** Any number would do that nobody else takes: "holdfast" in ASCII, cut to 63 bits. Names of locks can hardly give it. */
export const migrationLock: AdvisoryLock = { name: 'migrations', key: '7525358018953835379' };

/** What running migrations needs of a Database. */
export interface MigrationRunner {
  readonly records: MigrationRecords;
  beginSession<Result>(work: (dbSession: DbWriteSession) => Promise<Result>): Promise<Result>;
  /** Runs `work` outside of a transaction while another connection holds the lock. */
  underLock<Result>(
    work: (runner: QueryRunner, confirmLock: () => Promise<void>) => Promise<Result>,
    options: MigrationOptions,
  ): Promise<Result>;
}

/** Which way to go, and what is left to do given what is recorded. */
export interface MigrationCourse {
  readonly direction: 'up' | 'down';
  left(recorded: readonly string[]): readonly NamedMigration[];
}

/**
 * Runs what is left of a course, one runner at a time: in one transaction, which holds the lock itself, up to a migration
 * that must run outside of one; then that one; and so on. Whoever comes second looks again at what is left.
 */
export async function runMigrations(
  runner: MigrationRunner,
  course: MigrationCourse,
  options: MigrationOptions,
): Promise<readonly string[]> {
  const { lockTimeoutMs } = options;
  if (lockTimeoutMs !== undefined && !(Number.isSafeInteger(lockTimeoutMs) && lockTimeoutMs >= 1)) {
    throw new Misuse('lockTimeoutMs must be a whole number of milliseconds, at least 1.');
  }
  const done: string[] = [];
  for (;;) {
    const { names, outside } = await untilLocked(migrationLock.name, options, () =>
      runner.beginSession((dbSession) => inTransaction(dbSession, runner.records, course, options)),
    );
    done.push(...names);
    if (outside === null) return done;
    const isDone = await runner.underLock(
      (queryRunner, confirmLock) => alone(queryRunner, confirmLock, runner.records, course, outside),
      options,
    );
    if (isDone) done.push(outside.name);
  }
}

interface Stretch {
  readonly names: readonly string[];
  /** What comes next and must run outside of a transaction. */
  readonly outside: NamedMigration | null;
}

async function inTransaction(
  dbSession: DbWriteSession,
  records: MigrationRecords,
  course: MigrationCourse,
  { lockTimeoutMs }: MigrationOptions,
): Promise<Stretch | null> {
  const [row] = await dbSession.sql<{ locked: boolean }>`
    SELECT pg_try_advisory_xact_lock(${migrationLock.key}::bigint) AS locked`;
  if (!row!.locked) return null;
  const queryRunner = dbSession.manager.queryRunner!;
  const names: string[] = [];
  for (const each of course.left(await records.names(queryRunner))) {
    if (!each.isTransactional) return { names, outside: each };
    // Each time: what one migration sets holds for the rest of the transaction.
    if (lockTimeoutMs !== undefined) {
      await dbSession.sql`SELECT set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true)`;
    }
    await step(queryRunner, records, course, each);
    names.push(each.name);
  }
  return { names, outside: null };
}

/** False if another runner has done it meanwhile. */
async function alone(
  queryRunner: QueryRunner,
  confirmLock: () => Promise<void>,
  records: MigrationRecords,
  course: MigrationCourse,
  migration: NamedMigration,
): Promise<boolean> {
  const [next] = course.left(await records.names(queryRunner));
  if (next?.name !== migration.name) return false;
  await step(queryRunner, records, course, migration, confirmLock);
  return true;
}

async function step(
  queryRunner: QueryRunner,
  records: MigrationRecords,
  { direction }: MigrationCourse,
  migration: NamedMigration,
  beforeRecording: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  try {
    await migration.migration[direction](queryRunner);
    // What was done without the lock somebody else may be doing too: it is left to be done again.
    await beforeRecording();
    await records[direction === 'up' ? 'add' : 'remove'](queryRunner, migration);
  } catch (thrown) {
    const error = driverError(thrown, 'open');
    throw new MigrationFailed(migration.name, direction, needsNoTransaction(error) ? withoutTransaction(error) : error);
  }
}

/** 25001 is what PostgreSQL says of CREATE INDEX CONCURRENTLY, VACUUM and the like in a transaction. */
function needsNoTransaction(error: unknown): boolean {
  return (error as { readonly sqlState?: unknown }).sqlState === '25001';
}

function withoutTransaction(cause: unknown): Misuse {
  return new Misuse(
    'A statement cannot run in a transaction. Give its migration `readonly transaction = false` and nothing else to do.',
    cause,
  );
}
