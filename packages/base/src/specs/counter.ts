import {
  columnType,
  compileFilter,
  type ColumnShape,
  type QueryCondition,
  type Scope,
  SqlWriter,
} from '@holdfast/querier';
import type { RowFormat } from '../wire/row-decoder.js';
import { type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { type ReadSpec, readSpec } from './spec.js';

const count: ColumnShape = { property: 'count', sql: 'count', type: columnType('bigint'), nullable: false };

const format: RowFormat = { columns: [count], extra: [], keys: [], leads: 0 };

/** How many rows match. */
export function counter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  condition: QueryCondition<Row>,
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<number> {
  return readSpec('count', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const restriction = liveRows(definition, mapping, includeDeleted);
    const where = compileFilter(mapping, scope, [condition], restriction, writer).sql;
    return {
      statement: mapping.returning(`SELECT count(*) FROM ${mapping.table} WHERE ${where}`, format),
      values: writer.values,
      finish: ({ rows }) => Number((rows[0] as { count: string }).count),
    };
  });
}
