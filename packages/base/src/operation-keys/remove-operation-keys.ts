import { InvalidInput } from '@holdfast/errors';
import type { BatchResult } from '../specs/batch.js';
import { seriesSpec, type WriteSpec, writeSpec } from '../specs/spec.js';
import { Statement } from '../wire/statement.js';
import { OPERATION_TABLE } from './operation-table.js';

const BATCH_SIZE = 1_000;

/** By the clock of the database. What others remove at the same time is left to them. */
const remove = new Statement(
  `DELETE FROM ${OPERATION_TABLE} WHERE (scope, key) IN (
    SELECT scope, key FROM ${OPERATION_TABLE} WHERE created_at < now() - $1::bigint * interval '1 millisecond'
    ORDER BY created_at LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED)`.replaceAll(/\s+/g, ' '),
  null,
);

/**
 * Removes the operation keys that are older than `keepMs` milliseconds, in batches, each a transaction of its own: for a
 * timer of the application's, and for `database.execute`. A call that comes again after its key was removed is done again,
 * so that keys must be kept for longer than anybody sends a call again.
 */
export function removeOperationKeys({ keepMs }: { readonly keepMs: number }): WriteSpec<BatchResult> {
  if (!Number.isSafeInteger(keepMs) || keepMs < 0) {
    throw new InvalidInput('INVALID_VALUE', 'keepMs is a whole number of milliseconds, at least 0.', '/keepMs');
  }
  const batch = writeSpec('removeOperationKeys', () => ({
    statement: remove,
    values: [String(keepMs)],
    finish: ({ affected }) => affected,
  }));
  return seriesSpec('removeOperationKeys', async (execute) => {
    let count = 0;
    for (;;) {
      const removed = await execute(batch);
      count += removed;
      if (removed < BATCH_SIZE) return Object.freeze({ count });
    }
  });
}
