import type pg from 'pg';
import { StatementCanceled } from '../errors/database-error.js';
import { driverError, runError } from '../errors/driver-error.js';
import { Cancelation } from './cancelation.js';
import { isLimited, type RunLimits } from './run-limits.js';

/**
 * The same as `runCancelable` for what pg or TypeORM runs: throws the reason where the server was made to give it up, and
 * ConnectionLost where it did not answer. `onGivenUp` is told the reason, whatever the server makes of it.
 */
export async function cancelable<Result>(
  client: pg.ClientBase,
  limits: RunLimits,
  use: () => Promise<Result>,
  onGivenUp: (reason: Error) => void = () => {},
): Promise<Result> {
  if (!isLimited(limits)) return use();
  const cancelation = new Cancelation(client, limits);
  if (cancelation.reason === null) cancelation.begins();
  try {
    if (cancelation.reason !== null) throw cancelation.reason;
    return await use();
  } catch (error) {
    const { reason, noAnswer } = cancelation;
    if (noAnswer !== null) throw runError({ kind: 'lost', error: noAnswer }, 'open');
    const isCanceled = reason !== null && driverError(error, 'open') instanceof StatementCanceled;
    throw isCanceled ? reason : error;
  } finally {
    cancelation.ends();
    if (cancelation.reason !== null) onGivenUp(cancelation.reason);
  }
}
