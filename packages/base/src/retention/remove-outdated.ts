import { Misuse } from '@holdfast/errors';
import type { ColumnKey, QueryCondition, Scope } from '@holdfast/querier';
import type { Database } from '../database.js';
import { AdvisoryLockNotAvailable } from '../errors/advisory-lock-not-available.js';
import type { BatchResult } from '../specs/batch.js';
import type { EntityOperations } from '../specs/entity-operations.js';
import { OutdatedRows } from '../specs/outdated-rows.js';

const BATCH_SIZE = 1_000;

/** What is kept of a table that only grows. */
export interface Retention<Row extends object> {
  /** What it is called; one runner at a time works under this name. */
  readonly name: string;
  readonly operations: Pick<EntityOperations<Row, unknown, never>, 'batchPurge'>;
  readonly scope: Scope<Row>;
  /** The column that holds a row's time; a row whose time is null is kept. */
  readonly column: ColumnKey<Row>;
  /** Milliseconds that a row is kept, by the clock of the database. */
  readonly keepMs: number;
  /**
   * The zone that the times of a column of type `timestamp` are in, which says none itself, e.g. `UTC`: that of the process
   * if it writes them, that of the database's connections if `now()` does. Such a column is refused (Misuse) without it.
   */
  readonly timeZone?: string;
  /** Which rows it is about. Default: all of the scope. */
  readonly condition?: QueryCondition<Row>;
  /** Rows of one transaction, taken in the order of the key. Default 1 000. */
  readonly batchSize?: number;
}

/**
 * Removes the rows that are older than they are kept, in batches, each a transaction of its own: locks are short, and what
 * was removed stays removed when `signal` ends it between two batches, or a failure. Resolves with null, having done
 * nothing, where another runner is at it. For a timer of the application's, in every process: see `withAdvisoryLock`.
 */
export async function removeOutdated<Row extends object>(
  database: Database,
  { name, operations, scope, column, keepMs, timeZone, condition, batchSize = BATCH_SIZE }: Retention<Row>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<BatchResult | null> {
  if (!(keepMs > 0 && keepMs < Infinity)) throw new Misuse('keepMs must be a number of milliseconds, above 0.');
  const target = new OutdatedRows<Row>({
    column,
    keepMs,
    timeZone: timeZone ?? null,
    condition: condition ?? null,
  });
  const remove = (signal: AbortSignal): Promise<BatchResult> => {
    return database.execute(operations.batchPurge(scope, target, { batchSize, transaction: 'each' }), { signal });
  };
  try {
    return await database.withAdvisoryLock(name, remove, { ...options, waitMs: 0 });
  } catch (error) {
    if (error instanceof AdvisoryLockNotAvailable && error.lock === name) return null;
    throw error;
  }
}
