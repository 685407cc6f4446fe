import { InvalidInput, Misuse } from '@holdfast/errors';
import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import { type BatchResult, batchSpec } from '../batch.js';
import { type BatchTarget, compileTarget } from '../batch-target.js';
import type { EntityDefinition } from '../entity-definition.js';
import { narrowed } from '../scoped-target.js';
import { seriesSpec, type StatementWrite, unitSpec, type UnitOfWork, type WriteSpec, writeSpec } from '../spec.js';
import { withinScope } from '../within-scope.js';
import { checkConflicts } from './check-conflicts.js';
import { purgeAfter, type PurgedBatch } from './purge-after.js';
import type { PurgeOptions } from './purger.js';

/** What a purge of many rows may be told. */
export interface BatchPurgeOptions extends PurgeOptions {
  /** Rows of one statement, at least 1, taken in the order of the key. Default: all in one. */
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
  if (transaction === 'each' && (batchSize === undefined || conflictChecks.length > 0)) {
    throw new Misuse('A transaction for each batch needs a batchSize, and goes without conflict checks.');
  }
  const within = <Result>(spec: StatementWrite<Result>, existenceChecks = true): StatementWrite<Result> =>
    withinScope(definition, scope, spec, { existenceChecks });
  const purge = async (execute: UnitOfWork['execute']): Promise<BatchResult> => {
    if (batchSize === undefined) return execute(within(batchSpec(definition, scope, target, 'purge')));
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
  if (transaction === 'each') return seriesSpec('batchPurge', purge);
  if (batchSize === undefined && conflictChecks.length === 0) {
    return within(batchSpec(definition, scope, target, 'purge'));
  }
  const where = (mapping: EntityMapping, writer: SqlWriter): string =>
    narrowed(mapping, scope, compileTarget(mapping, scope, target, writer), null, writer);
  return unitSpec('batchPurge', async (unit) => {
    if (conflictChecks.length > 0) {
      await unit.execute(within(lockAll(definition, where)));
      await unit.execute(checkConflicts(definition, conflictChecks, where));
    }
    return purge((spec) => unit.execute(spec));
  });
}

/** Locks the rows of the target, so that nobody who locks them too can refer to them meanwhile. */
function lockAll<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  compileWhere: (mapping: EntityMapping, writer: SqlWriter) => string,
): StatementWrite<void> {
  return writeSpec('batchPurge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const rows = `SELECT FROM ${mapping.table} WHERE ${compileWhere(mapping, writer)} FOR UPDATE`;
    return {
      statement: mapping.returningNothing(`SELECT count(*) FROM (${rows}) locked`),
      values: writer.values,
      finish: () => undefined,
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}
