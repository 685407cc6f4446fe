import {
  assemblePage,
  type BatchQuerier,
  compileSearch,
  type Page,
  type PageStatement,
  type Scope,
} from '@holdfast/querier';
import { dataOf, type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { searchInShape } from './search-in-shape.js';
import { type ReadSpec, readSpec } from './spec.js';

/** One page of what a BatchQuerier asks for, in one statement. */
export function searcher<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  batchQuerier: BatchQuerier<Row>,
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<Page<Data>> {
  return readSpec('search', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const context = { restriction: liveRows(definition, mapping, includeDeleted), cursors: catalog.cursors };
    const compiled = (): PageStatement => compileSearch(mapping, scope, batchQuerier, context);
    const { statement, values, page } = searchInShape(mapping, scope, batchQuerier, context, compiled);
    return {
      statement,
      values,
      finish({ rows, positions, leads }) {
        const items = rows.map((row) => dataOf(definition, row));
        return assemblePage(page, { items, positions, leads });
      },
    };
  });
}
