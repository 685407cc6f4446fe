import { InvalidInput } from '@holdfast/errors';
import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { checkedIntegrityError } from '../errors/integrity-error-check.js';
import { actorAssignment, assignmentsOf, setList } from './changes.js';
import { type BatchTarget, compileTarget } from './batch-target.js';
import { type EntityDefinition, liveRows } from './entity-definition.js';
import { narrowed } from './scoped-target.js';
import { markerOf } from './soft-delete.js';
import { type StatementWrite, writeSpec } from './spec.js';
import type { UpdaterSpec } from './updater.js';
import { refuseExpectedVersion } from './version-of.js';

/** What an operation on many rows answers where nobody asks for the rows. */
export interface BatchResult {
  /** Rows that were acted upon; of ids those that were there, within the scope. */
  readonly count: number;
}

/** What a batch does to its rows. */
export type BatchAction<Row> = 'delete' | 'purge' | { readonly update: Omit<UpdaterSpec<Row>, 'expectedVersion'> };

/** Acts on many rows in one statement, all or nothing. The seeds' BatchUpdater and BatchPurger. */
export function batchSpec<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  action: BatchAction<Row>,
): StatementWrite<BatchResult> {
  const name = action === 'delete' ? 'batchDelete' : action === 'purge' ? 'batchPurge' : 'batchUpdate';
  return writeSpec(name, (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const head = compileAction(definition, mapping, scope, action, actor, writer);
    const restriction = liveRows(definition, mapping, action === 'purge');
    const where = narrowed(mapping, scope, compileTarget(mapping, scope, target, writer), restriction, writer);
    const own = typeof action === 'object' ? (action.update.integrityErrorChecks ?? []) : [];
    return {
      statement: mapping.returningNothing(`${head} WHERE ${where}`),
      values: writer.values,
      finish: ({ affected }) => Object.freeze({ count: affected }),
      failure: (error) => checkedIntegrityError(error, [...own, ...(definition.integrityErrorChecks ?? [])]),
    };
  });
}

function compileAction<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  action: BatchAction<Row>,
  actor: string | null | undefined,
  writer: SqlWriter,
): string {
  if (action === 'purge') return `DELETE FROM ${mapping.table}`;
  if (action === 'delete') {
    const marked = `${markerOf(definition, mapping)} = now()`;
    const set = [marked, ...actorAssignment(definition, mapping, actor, writer), ...mapping.bookkeeping()].join(', ');
    return `UPDATE ${mapping.table} SET ${set}`;
  }
  refuseExpectedVersion('batchUpdate', action.update);
  const assignments = assignmentsOf(definition, mapping, scope, action.update.changes, actor);
  if (assignments.length === 0) throw new InvalidInput('MISSING_VALUE', 'A batch that changes nothing.', '/changes');
  return `UPDATE ${mapping.table} SET ${setList(mapping, assignments, writer)}`;
}
