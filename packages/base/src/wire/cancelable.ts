import type pg from 'pg';
import { StatementCanceled } from '../errors/database-error.js';
import { driverError } from '../errors/driver-error.js';
import { Cancelation } from './cancelation.js';
import { isLimited, type RunLimits } from './run-limits.js';

/** The same as `runCancelable` for what pg or TypeORM runs: throws the reason where the server was made to give it up. */
export async function cancelable<Result>(
  client: pg.ClientBase,
  limits: RunLimits,
  use: () => Promise<Result>,
): Promise<Result> {
  if (!isLimited(limits)) return use();
  const cancelation = new Cancelation(client, limits);
  if (cancelation.reason !== null) throw cancelation.reason;
  cancelation.begins();
  try {
    return await use();
  } catch (error) {
    const isCanceled = cancelation.reason !== null && driverError(error, 'open') instanceof StatementCanceled;
    throw isCanceled ? cancelation.reason : error;
  } finally {
    cancelation.ends();
  }
}
