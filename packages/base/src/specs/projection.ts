import {
  assemblePage,
  type BatchQuerier,
  type ColumnKey,
  compileSearch,
  freeze,
  type Page,
  projectedShape,
  type Scope,
} from '@holdfast/querier';
import { type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { type ReadSpec, readSpec } from './spec.js';

/** One page of what a BatchQuerier asks for, with only some columns of its rows: as they are, and not as `toData` says. */
export function projection<Row extends object, Data, Id, Column extends ColumnKey<Row>>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  columns: readonly Column[],
  batchQuerier: BatchQuerier<Row>,
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<Page<Pick<Row, Column>>> {
  return readSpec('project', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const shape = projectedShape(mapping, columns);
    const page = compileSearch(shape, scope, batchQuerier, {
      restriction: liveRows(definition, mapping, includeDeleted),
      cursors: catalog.cursors,
    });
    const { extra, keys, leads } = page;
    return {
      statement: mapping.returning(page.sql, { columns: shape.selected, extra, keys, leads: leads.length }),
      values: page.values,
      finish(sink) {
        const items = sink.rows.map((row) => freeze(row as Pick<Row, Column>));
        return assemblePage(page, { items, positions: sink.positions, leads: sink.leads });
      },
    };
  });
}
