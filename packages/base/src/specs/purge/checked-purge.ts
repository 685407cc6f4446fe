import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import type { BatchResult } from '../batch.js';
import type { BatchTarget } from '../batch-target.js';
import { checkSeesLatest } from '../check-sees-latest.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, unitSpec, type UnitWrite, writeSpec } from '../spec.js';
import { withinScope } from '../within-scope.js';
import { keyAmongTexts, type KeyTexts } from './batch-keys.js';
import { checkConflicts } from './check-conflicts.js';
import type { ConflictCheck } from './conflict-check.js';
import { lockedBatch } from './locked-batch.js';

/**
 * Removes many rows that nobody refers to, all or none, `size` at a time: what goes is what was locked and then checked.
 * A row that comes to meet the target meanwhile stays.
 */
export function checkedPurge<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  size: number,
  checks: readonly ConflictCheck[],
): UnitWrite<BatchResult> {
  const within = <Result>(spec: StatementWrite<Result>, existenceChecks: boolean): StatementWrite<Result> =>
    withinScope(definition, scope, spec, { existenceChecks });
  return unitSpec('batchPurge', async (unit) => {
    checkSeesLatest(unit, 'A purge with conflict checks');
    let count = 0;
    let last: KeyTexts | null = null;
    do {
      const keys: readonly KeyTexts[] = await unit.execute(
        within(lockedBatch(definition, scope, target, size, last), last === null),
      );
      if (keys.length > 0) {
        await unit.execute(
          checkConflicts(definition, checks, (mapping, writer) => keyAmongTexts(mapping, keys, writer)),
        );
        count += await unit.execute(within(deletion(definition, keys), false));
      }
      last = keys.length < size ? null : keys.at(-1)!;
    } while (last !== null);
    return Object.freeze({ count });
  });
}

/** Removes rows that were found in the scope, and stay as they are: they are locked. */
function deletion<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  keys: readonly KeyTexts[],
): StatementWrite<number> {
  return writeSpec('batchPurge', (catalog) => {
    const mapping: EntityMapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const where = keyAmongTexts(mapping, keys, writer);
    return {
      statement: mapping.returningNothing(`DELETE FROM ${mapping.table} WHERE ${where}`).plannedAnew,
      values: writer.values,
      finish: ({ affected }) => affected,
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}
