import { type Scope, SqlWriter } from '@holdfast/querier';
import { dataOf, type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { narrowed } from './scoped-target.js';
import { type ReadSpec, readSpec } from './spec.js';

/** Many rows by their keys in one statement, in the order asked for, null for what is not there. */
export function loader<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  ids: readonly Id[],
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<readonly (Data | null)[]> {
  return readSpec('loadMany', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const { key } = mapping;
    const writer = new SqlWriter();
    const listed = `${key.sql} = ANY(${writer.list(key.type, ids, '/ids')})`;
    const where = narrowed(mapping, scope, listed, liveRows(definition, mapping, includeDeleted), writer);
    return {
      statement: mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE ${where}`),
      values: writer.values,
      finish({ rows }) {
        const found = new Map(rows.map((row) => [mapping.keyText(row), dataOf(definition, row)]));
        return Object.freeze(ids.map((id) => found.get(mapping.keyText({ [key.property]: id })) ?? null));
      },
    };
  });
}
