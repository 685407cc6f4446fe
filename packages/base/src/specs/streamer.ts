import {
  type ColumnKey,
  compileListing,
  type EntityShape,
  freeze,
  type Listing,
  projectedShape,
  type Scope,
} from '@holdfast/querier';
import { type StreamOptions, type StreamSpec, streamSpec } from '../stream/stream-spec.js';
import { Statement } from '../wire/statement.js';
import { dataOf, type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { type ReadSpec, readSpec } from './spec.js';
import { withinScope } from './within-scope.js';

/** What to stream: which rows, in which order, in partitions of which size, and how many at most. */
export interface StreamQuery<Row> extends Listing<Row>, StreamOptions {}

/** All rows that match, in partitions. */
export function streamer<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  query: StreamQuery<Row>,
  selection: RowSelection = {},
): StreamSpec<Data> {
  const toData = (row: object): Data => dataOf(definition, row);
  return streamSpec(
    withinScope(
      definition,
      scope,
      listing(definition, scope, (shape) => shape, toData, query, selection),
    ),
    query,
  );
}

/** The same with only some columns of the rows, as they are. */
export function columnStreamer<Row extends object, Data, Id, Column extends ColumnKey<Row>>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  columns: readonly Column[],
  query: StreamQuery<Row>,
  selection: RowSelection = {},
): StreamSpec<Pick<Row, Column>> {
  const view = (shape: EntityShape): EntityShape => projectedShape(shape, columns);
  const toData = (row: object): Pick<Row, Column> => freeze(row as Pick<Row, Column>);
  return streamSpec(withinScope(definition, scope, listing(definition, scope, view, toData, query, selection)), query);
}

function listing<Row extends object, Data, Id, Item>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  view: (shape: EntityShape) => EntityShape,
  toData: (row: object) => Item,
  query: StreamQuery<Row>,
  { includeDeleted = false }: RowSelection,
): ReadSpec<readonly Item[]> {
  return readSpec('stream', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const shape = view(mapping);
    // One more tells whether there are more than are wanted.
    const most = query.maxRows === undefined ? null : query.maxRows + 1;
    const restriction = liveRows(definition, mapping, includeDeleted);
    const { sql, values } = compileListing(shape, scope, query, most, { restriction });
    return {
      // Not among those that are kept: a search without pages has the same text, and reads cursors of its rows.
      statement: new Statement(sql, { columns: shape.selected, extra: [], keys: [], leads: 0 }, mapping.name, false),
      values,
      finish: ({ rows }) => Object.freeze(rows.map(toData)),
    };
  });
}
