import { type Scope, SqlWriter } from '@holdfast/querier';
import { checkedIntegrityError } from '../../errors/integrity-error-check.js';
import { checkSeesLatest } from '../check-sees-latest.js';
import { type EntityDefinition, onlyData } from '../entity-definition.js';
import { querier } from '../querier.js';
import { byIdInShape } from '../by-id-in-shape.js';
import { byId, keyAmong } from '../scoped-target.js';
import type { Step } from '../../wire/statement.js';
import { type StatementWrite, unitSpec, type UnitWrite, type WriteSpec, writeSpec } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import { checkConflicts } from './check-conflicts.js';
import type { ConflictCheck } from './conflict-check.js';

/** What a purge may be told. */
export interface PurgeOptions {
  /** Asked in order, in one statement, once the row is locked; the first that is met throws its error. Default: none. */
  readonly conflictChecks?: readonly ConflictCheck[];
}

/**
 * Removes one row for good, whether it was deleted before or not: the seeds' Purger. One statement; with conflict checks
 * three, in one transaction: the row is locked, the checks are asked, the row goes.
 */
export function purger<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  { conflictChecks = [] }: PurgeOptions = {},
): WriteSpec<Data> {
  const within = <Result>(spec: StatementWrite<Result>, isFirst: boolean): StatementWrite<Result> =>
    tripWithinScope(definition, scope, spec, isFirst);
  const gone = within(deletion(definition, scope, id), conflictChecks.length === 0);
  if (conflictChecks.length === 0) return gone;
  return unitSpec('purge', async (unit): Promise<Data> => {
    checkSeesLatest(unit, 'A purge with conflict checks');
    const locked = querier(definition, scope, id, { includeDeleted: true, lock: 'update' });
    await unit.execute(within(locked, true));
    // Of a row that was found in the scope, and stays as it is.
    await unit.execute(
      checkConflicts(definition, conflictChecks, (mapping, writer) => keyAmong(mapping, [id], writer)),
    );
    return unit.execute(gone);
  }) satisfies UnitWrite<Data>;
}

function deletion<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
): StatementWrite<Data> {
  return writeSpec('purge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const anew = (): Step => {
      const writer = new SqlWriter();
      const where = byId(mapping, scope, id, null, writer);
      const sql = `DELETE FROM ${mapping.table} WHERE ${where} RETURNING ${mapping.list}`;
      return { statement: mapping.returningRows(sql), values: writer.values };
    };
    const shape = mapping.shapes.of('purge');
    const { statement, values } = byIdInShape(mapping, scope, id, shape) ? shape.step(anew) : anew();
    return {
      statement,
      values,
      finish: ({ rows }) => onlyData(definition, rows, id),
      failure: (error) => checkedIntegrityError(error, definition.integrityErrorChecks ?? []),
    };
  });
}
