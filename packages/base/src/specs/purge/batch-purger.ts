import { InvalidInput, Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { type BatchResult, batchSpec } from '../batch.js';
import type { BatchTarget } from '../batch-target.js';
import type { EntityDefinition } from '../entity-definition.js';
import { seriesSpec, type StatementWrite, unitSpec, type UnitOfWork, type WriteSpec } from '../spec.js';
import { withinScope } from '../within-scope.js';
import { checkedPurge } from './checked-purge.js';
import { purgeAfter, type PurgedBatch } from './purge-after.js';
import type { PurgeOptions } from './purger.js';

// Of a purge with conflict checks, which knows the keys of a batch.
const BATCH_SIZE = 1_000;

/** What a purge of many rows may be told. */
export interface BatchPurgeOptions extends PurgeOptions {
  /** Rows of one statement, at least 1, taken in the order of the key. Default: all in one, with conflict checks 1,000. */
  readonly batchSize?: number;
  /**
   * `one` (default): all or nothing. `each`: a transaction for each batch, so that locks are short and what is done stays
   * done; only for a Database to execute, and not with conflict checks.
   */
  readonly transaction?: 'one' | 'each';
}

/** Removes many rows for good, in one statement or in batches: the seeds' BatchPurger. */
export function batchPurger<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  { batchSize, transaction = 'one', conflictChecks = [] }: BatchPurgeOptions = {},
): WriteSpec<BatchResult> {
  if (batchSize !== undefined && !(Number.isSafeInteger(batchSize) && batchSize >= 1)) {
    throw new InvalidInput('INVALID_VALUE', 'A batch has at least one row.', '/batchSize');
  }
  if (transaction !== 'one' && transaction !== 'each') throw new Misuse('Batches are one transaction, or one each.');
  if (transaction === 'each' && (batchSize === undefined || conflictChecks.length > 0)) {
    throw new Misuse('A transaction for each batch needs a batchSize, and goes without conflict checks.');
  }
  if (conflictChecks.length > 0) {
    return checkedPurge(definition, scope, target, batchSize ?? BATCH_SIZE, conflictChecks);
  }
  const within = <Result>(spec: StatementWrite<Result>, existenceChecks = true): StatementWrite<Result> =>
    withinScope(definition, scope, spec, { existenceChecks });
  if (batchSize === undefined) return within(batchSpec(definition, scope, target, 'purge'));
  const purge = async (execute: UnitOfWork['execute']): Promise<BatchResult> => {
    let count = 0;
    let last: PurgedBatch['last'] = null;
    do {
      const batch: PurgedBatch = await execute(
        within(purgeAfter(definition, scope, target, batchSize, last), last === null),
      );
      count += batch.count;
      ({ last } = batch);
    } while (last !== null);
    return Object.freeze({ count });
  };
  return transaction === 'each'
    ? seriesSpec('batchPurge', purge)
    : unitSpec('batchPurge', (unit) => purge((spec) => unit.execute(spec)));
}
