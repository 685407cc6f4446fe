import { InvalidInput } from '@holdfast/errors';
import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { checkedIntegrityError } from '../errors/integrity-error-check.js';
import type { Step } from '../wire/statement.js';
import { actorAssignment, type Assignment, assignmentsOf, changesInShape, setList } from './changes.js';
import { type BatchTarget, compileTarget } from './batch-target.js';
import { checkObject } from './check-object.js';
import { type EntityDefinition, liveRows } from './entity-definition.js';
import { keyListTexts } from './key-lists.js';
import { scopeInShape } from './scope-in-shape.js';
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
    if (typeof action === 'object') checkObject(action.update, '/spec');
    const own = typeof action === 'object' ? (action.update.integrityErrorChecks ?? []) : [];
    return {
      ...batchStep(definition, mapping, scope, target, action, actor),
      finish: ({ affected }) => Object.freeze({ count: affected }),
      failure: (error) => checkedIntegrityError(error, [...own, ...(definition.integrityErrorChecks ?? [])]),
    };
  });
}

/** The statement of a batch; of ids it is found by its shape. */
function batchStep<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  target: BatchTarget<Row, Id>,
  action: BatchAction<Row>,
  actor: string | null | undefined,
): Step {
  const assignments = typeof action === 'object' ? batchChanges(definition, mapping, scope, action.update, actor) : [];
  // Throws where the entity is misdescribed; the rest follows from the mapping.
  const live = liveRows(definition, mapping, action === 'purge');
  const anew = (): Step => {
    const writer = new SqlWriter();
    const head = compileAction(definition, mapping, action, assignments, actor, writer);
    const where = narrowed(mapping, scope, compileTarget(mapping, scope, target, writer), live, writer);
    return { statement: mapping.returningNothing(`${head} WHERE ${where}`), values: writer.values };
  };
  // A deletion sets who acts without an assignment.
  if (!Array.isArray(target) || action === 'delete') return anew();
  const shape = mapping.shapes.of(action === 'purge' ? 'batchPurge' : 'batchUpdate');
  changesInShape(assignments, shape);
  shape.and('by ids');
  for (const list of keyListTexts(mapping, target)) shape.values.push(list);
  return scopeInShape(mapping, scope, shape) ? shape.step(anew) : anew();
}

/** What a batch changes: something. */
function batchChanges<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  scope: Scope<Row>,
  update: Omit<UpdaterSpec<Row>, 'expectedVersion'>,
  actor: string | null | undefined,
): readonly Assignment[] {
  refuseExpectedVersion('batchUpdate', update);
  const assignments = assignmentsOf(definition, mapping, scope, update.changes, actor);
  if (assignments.length === 0) throw new InvalidInput('MISSING_VALUE', 'A batch that changes nothing.', '/changes');
  return assignments;
}

function compileAction<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  action: BatchAction<Row>,
  assignments: readonly Assignment[],
  actor: string | null | undefined,
  writer: SqlWriter,
): string {
  if (action === 'purge') return `DELETE FROM ${mapping.table}`;
  if (action === 'delete') {
    const marked = `${markerOf(definition, mapping)} = now()`;
    const set = [marked, ...actorAssignment(definition, mapping, actor, writer), ...mapping.bookkeeping()].join(', ');
    return `UPDATE ${mapping.table} SET ${set}`;
  }
  return `UPDATE ${mapping.table} SET ${setList(mapping, assignments, writer)}`;
}
