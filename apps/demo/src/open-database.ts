import { randomBytes } from 'node:crypto';
import { agentMigrations } from '@holdfast/agent-repository/migrations';
import { Database } from '@holdfast/base';
import { CursorCodec } from '@holdfast/querier';
import { sessionMigrations } from '@holdfast/session-repository/migrations';
import { dataSourceOf } from './data-source.js';
import { StartUpFailure } from './start-up-failure.js';

export interface OpenDatabase {
  readonly database: Database;
  /** Waits for what is under way, then closes every connection. */
  readonly close: () => Promise<void>;
}

/** Connects to a database and migrates it. Throws `StartUpFailure` if it cannot be reached or used. */
export async function openDatabase(url: string): Promise<OpenDatabase> {
  const dataSource = dataSourceOf(url);
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new StartUpFailure(`The database ${withoutPassword(url)} cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  // Cursors are good for as long as the demo runs.
  const cursors = new CursorCodec({ keys: [randomBytes(32).toString('base64url')] });
  const database = new Database(dataSource, { cursors });
  const close = async (): Promise<void> => {
    await database.close();
    await dataSource.destroy();
  };
  try {
    await database.migrate([...sessionMigrations, ...agentMigrations]);
  } catch (error) {
    await close();
    throw new StartUpFailure(`The database ${withoutPassword(url)} cannot be migrated: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  return { database, close };
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

/** One line. Of several addresses that were tried, the first one's error says enough. */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const cause = (first as { cause?: unknown }).cause ?? first;
  const { message, code } = cause as { message?: string; code?: string };
  return (message === undefined || message === '' ? String(code) : message).split('\n')[0]!.replace(/\.$/, '');
}
