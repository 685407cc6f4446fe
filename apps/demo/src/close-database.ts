import type { Database } from '@holdfast/base';
import type { DataSource } from 'typeorm';
import { ShutDownFailure } from './shut-down-failure.js';
import { untilAborted } from './until-aborted.js';

/** Saying goodbye takes a server that is there no time. */
const GOODBYE_MS = 1_000;

/**
 * Waits for what is under way until the signal, then closes every connection. Throws `ShutDownFailure` if the database
 * does not answer.
 */
export async function closeDatabase(database: Database, dataSource: DataSource, impatient: AbortSignal): Promise<void> {
  try {
    await untilAborted(database.close(), impatient);
    await untilAborted(dataSource.destroy(), AbortSignal.timeout(GOODBYE_MS));
  } catch (error) {
    throw new ShutDownFailure('The database did not answer in time: what was under way was given up.', {
      cause: error,
    });
  }
}
