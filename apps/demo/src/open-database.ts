import { randomBytes } from 'node:crypto';
import { Database } from '@holdfast/base';
import { CursorCodec } from '@holdfast/querier';
import type { DataSource } from 'typeorm';
import { closeDatabase } from './close-database.js';
import type { ClosingStack } from './closing-stack.js';
import { dataSourceOf } from './data-source.js';
import { databaseName } from './database-name.js';
import { migrations } from './domains.js';
import { StartUpFailure } from './start-up-failure.js';
import { untilAborted } from './until-aborted.js';
import { untilUnlocked } from './until-unlocked.js';

/** How long another demo on the same database may take to migrate it. */
const MIGRATION_TURN_MS = 60_000;
/** From when on an operation is counted as slow. */
const SLOW_MS = 1_000;

/**
 * Connects to a database and migrates it; `open` closes it again. Throws `StartUpFailure` if it cannot be reached or
 * used, and the signal's reason once that is aborted.
 */
export async function openDatabase(
  url: string,
  open: ClosingStack,
  signal: AbortSignal | undefined,
): Promise<Database> {
  const dataSource = await connected(url, signal);
  // Cursors are good for as long as the demo runs.
  const cursors = new CursorCodec({ keys: [randomBytes(32).toString('base64url')] });
  const database = new Database(dataSource, { cursors, slowOperationMs: SLOW_MS, tellOperations: true });
  open.push((impatient) => closeDatabase(database, dataSource, impatient));
  const waitMs = MIGRATION_TURN_MS;
  const migrating = untilUnlocked(() => database.migrate(migrations, { waitMs }));
  await untilAborted(migrating, signal).catch((error: unknown) => {
    throw failure(url, 'migrated', error, signal);
  });
  return database;
}

async function connected(url: string, signal: AbortSignal | undefined): Promise<DataSource> {
  const dataSource = dataSourceOf(url);
  const connecting = dataSource.initialize();
  try {
    return await untilAborted(connecting, signal);
  } catch (error) {
    // A connection that comes too late is not kept.
    connecting.then(() => dataSource.destroy()).catch(() => undefined);
    throw failure(url, 'used', error, signal);
  }
}

function failure(url: string, what: string, error: unknown, signal: AbortSignal | undefined): Error {
  if (signal?.aborted === true) return signal.reason as Error;
  return new StartUpFailure(`The database ${databaseName(url)} cannot be ${what}: ${reasonOf(error)}.`, {
    cause: error,
  });
}

/** One line. Of several addresses that were tried, the first one's error says enough. */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const cause = (first as { cause?: unknown }).cause ?? first;
  const { message, code } = cause as { message?: string; code?: string };
  return (message === undefined || message === '' ? String(code) : message).split('\n')[0]!.replace(/\.$/, '');
}
