import { type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { Step } from '../wire/statement.js';
import { dataOf, type EntityDefinition, liveRows, onlyData } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { byId } from './scoped-target.js';
import { type ReadSpec, readSpec } from './spec.js';

/** One row by its key: the seeds' Querier. */
export function querier<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  selection: RowSelection = {},
): ReadSpec<Data> {
  return readSpec('get', (catalog) => ({
    ...select(definition, catalog, scope, id, selection),
    finish: ({ rows }) => onlyData(definition, rows, id),
  }));
}

/** The same where it is not certain that there is one. */
export function finder<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  selection: RowSelection = {},
): ReadSpec<Data | null> {
  return readSpec('find', (catalog) => ({
    ...select(definition, catalog, scope, id, selection),
    finish: ({ rows }) => (rows[0] === undefined ? null : dataOf(definition, rows[0])),
  }));
}

/** The statement that reads one row. */
export function select<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  catalog: EntityCatalog,
  scope: Scope<Row>,
  id: Id,
  { includeDeleted = false }: RowSelection,
): Step {
  const mapping = catalog.mappingOf(definition.entity);
  const writer = new SqlWriter();
  const where = byId(mapping, scope, id, liveRows(definition, mapping, includeDeleted), writer);
  const statement = mapping.returningRows(`SELECT ${mapping.list} FROM ${mapping.table} WHERE ${where}`);
  return { statement, values: writer.values };
}
