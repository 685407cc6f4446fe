import { InvalidInput } from '@holdfast/errors';
import {
  checkChangesStayInside,
  type ColumnKey,
  compileCondition,
  visibleBehind,
  defaultLimits,
  encodeValue,
  escapePointer,
  plainObject,
  type QueryCondition,
  type Scope,
  SqlWriter,
} from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { checkedIntegrityError, type IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import { type DatabaseTime, databaseTime } from '../states/database-time.js';
import type { OptionalState } from '../states/optional-state.js';
import { isState } from '../states/state.js';
import type { TriState } from '../states/tri-state.js';
import { castOf } from './creator.js';
import { dataOf, type EntityDefinition, liveRows, onlyData } from './entity-definition.js';
import { select } from './querier.js';
import { byId } from './scoped-target.js';
import { type Plan, type StatementWrite, writeSpec } from './spec.js';

/** What to change: absent = leave, null = set NULL; or said by an OptionalState or a TriState. */
export type Changes<Row> = {
  readonly [Property in ColumnKey<Row>]?:
    | Row[Property]
    | OptionalState<NonNullable<Row[Property]>>
    | (null extends Row[Property] ? TriState<NonNullable<Row[Property]>> : never)
    | (NonNullable<Row[Property]> extends Date ? DatabaseTime : never);
};

export interface UpdaterSpec<Row> {
  readonly changes: Changes<Row>;
  readonly integrityErrorChecks?: readonly IntegrityErrorCheck[];
}

/** Changes one row: the seeds' Updater. A change of nothing reads the row. */
export function updater<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  spec: UpdaterSpec<Row>,
): StatementWrite<Data> {
  return writeSpec('update', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const assignments = compileChanges(mapping, scope, spec.changes, writer);
    const finish = ({ rows }: { readonly rows: readonly object[] }): Data => onlyData(definition, rows, id);
    if (assignments === null) return { ...select(definition, catalog, scope, id, {}), writes: false, finish };
    const where = byId(mapping, scope, id, liveRows(definition, mapping, false), writer);
    return { ...updateRows(definition, mapping, spec, assignments, where), values: writer.values, finish };
  });
}

/**
 * Changes one row if it meets a condition: null if it does not, or is not there. Check and change are one statement, so
 * that of two callers who rely on the same state only one succeeds. Throws InvalidInput for a change of nothing.
 */
export function conditionalUpdater<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  condition: QueryCondition<Row>,
  spec: UpdaterSpec<Row>,
): StatementWrite<Data | null> {
  return writeSpec('updateIf', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const assignments = compileChanges(mapping, scope, spec.changes, writer);
    if (assignments === null) throw new InvalidInput('MISSING_VALUE', 'A change of nothing.', '/changes');
    const own = byId(mapping, scope, id, liveRows(definition, mapping, false), writer);
    const where = `${own} AND ${compileCondition(mapping, condition, visibleBehind(scope), writer, defaultLimits, '/condition')}`;
    return {
      ...updateRows(definition, mapping, spec, assignments, where),
      values: writer.values,
      finish: ({ rows }) => (rows[0] === undefined ? null : dataOf(definition, rows[0])),
    };
  });
}

function updateRows<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  spec: UpdaterSpec<Row>,
  assignments: string,
  where: string,
): Pick<Plan<unknown>, 'statement' | 'failure'> {
  const checks = [...(spec.integrityErrorChecks ?? []), ...(definition.integrityErrorChecks ?? [])];
  const sql = `UPDATE ${mapping.table} SET ${assignments} WHERE ${where} RETURNING ${mapping.list}`;
  return { statement: mapping.returningRows(sql), failure: (error) => checkedIntegrityError(error, checks) };
}

/** The SET list, or null if nothing is changed. Throws InvalidInput and OutsideScope. */
export function compileChanges<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  changes: object,
  writer: SqlWriter,
): string | null {
  const values = changedValues(plainObject(changes, '/changes'));
  checkChangesStayInside(mapping, scope, values);
  const assignments = Object.entries(values).map(([property, value]) => {
    const at = `/${escapePointer(property)}`;
    const column = mapping.columns.get(property);
    if (column === undefined || !column.updatable) {
      throw new InvalidInput('UNKNOWN_FIELD', `${property} cannot be changed.`, at);
    }
    if (value === databaseTime) return `${column.sql} = now()`;
    const text = value === null ? null : encodeValue(column.type, value, at);
    return `${column.sql} = ${writer.text(text, castOf(column))}`;
  });
  if (assignments.length === 0) return null;
  return [...assignments, ...mapping.bookkeeping(values)].join(', ');
}

/** The changes with states resolved: what is left alone is left out. */
function changedValues(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // Without a prototype, `__proto__` is a name like any other: it is refused as unknown.
  const values = Object.create(null) as Record<string, unknown>;
  for (const [property, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    if (!isState(change) || change === databaseTime) values[property] = change;
    else if (change.kind === 'update') values[property] = change.value;
    else if (change.kind === 'nullify') values[property] = null;
  }
  return values;
}
