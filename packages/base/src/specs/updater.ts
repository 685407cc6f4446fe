import { InvalidInput } from '@holdfast/errors';
import {
  checkChangesStayInside,
  type ColumnKey,
  encodeValue,
  escapePointer,
  type Scope,
  SqlWriter,
} from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { checkedIntegrityError, type IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import type { OptionalState } from '../states/optional-state.js';
import { isState } from '../states/state.js';
import type { TriState } from '../states/tri-state.js';
import { castOf } from './creator.js';
import { type EntityDefinition, liveRows, onlyData } from './entity-definition.js';
import { select } from './querier.js';
import { byId } from './scoped-target.js';
import { type WriteSpec, writeSpec } from './spec.js';

/** What to change: absent = leave, null = set NULL; or said by an OptionalState or a TriState. */
export type Changes<Row> = {
  readonly [Property in ColumnKey<Row>]?:
    | Row[Property]
    | OptionalState<NonNullable<Row[Property]>>
    | (null extends Row[Property] ? TriState<NonNullable<Row[Property]>> : never);
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
): WriteSpec<Data> {
  return writeSpec('update', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const assignments = compileChanges(mapping, scope, spec.changes, writer);
    const finish = ({ rows }: { readonly rows: readonly object[] }): Data => onlyData(definition, rows, id);
    if (assignments === null) return { ...select(definition, catalog, scope, id, {}), finish };
    const where = byId(mapping, scope, id, liveRows(definition, mapping, false), writer);
    const sql = `UPDATE ${mapping.table} SET ${assignments} WHERE ${where} RETURNING ${mapping.list}`;
    return {
      statement: mapping.returningRows(sql),
      values: writer.values,
      finish,
      failure: (error) =>
        checkedIntegrityError(error, [
          ...(spec.integrityErrorChecks ?? []),
          ...(definition.integrityErrorChecks ?? []),
        ]),
    };
  });
}

/** The SET list, or null if nothing is changed. Throws InvalidInput and OutsideScope. */
export function compileChanges<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  changes: object,
  writer: SqlWriter,
): string | null {
  const values = changedValues(changes);
  checkChangesStayInside(scope, values);
  const assignments = Object.entries(values).map(([property, value]) => {
    const at = `/${escapePointer(property)}`;
    const column = mapping.columns.get(property);
    if (column === undefined || !column.updatable) {
      throw new InvalidInput('UNKNOWN_FIELD', `${property} cannot be changed.`, at);
    }
    const text = value === null ? null : encodeValue(column.type, value, at);
    return `${column.sql} = ${writer.text(text, castOf(column))}`;
  });
  if (assignments.length === 0) return null;
  return [...assignments, ...mapping.bookkeeping(values)].join(', ');
}

/** The changes with states resolved: what is left alone is left out. */
function changedValues(changes: object): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [property, change] of Object.entries(changes) as [string, unknown][]) {
    if (change === undefined) continue;
    if (!isState(change)) values[property] = change;
    else if (change.kind === 'update') values[property] = change.value;
    else if (change.kind === 'nullify') values[property] = null;
  }
  return values;
}
