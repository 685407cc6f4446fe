import { InvalidInput } from '@holdfast/errors';
import {
  type Aggregation,
  compileAggregation,
  type Figures,
  freeze,
  type Group,
  type KeysOfKind,
  type Scope,
} from '@holdfast/querier';
import { type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { type ReadSpec, readSpec } from './spec.js';

/** The figures of groups of rows, in one statement. Too many groups are an error, and never cut off. */
export function aggregator<
  Row extends object,
  Data,
  Id,
  Select extends Figures<Row>,
  By extends KeysOfKind<Row, 'scalar'>,
>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  aggregation: Aggregation<Row, By, Select>,
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<readonly Group<Row, By, Select>[]> {
  return readSpec('aggregate', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const restriction = liveRows(definition, mapping, includeDeleted);
    const { sql, values, columns, maxGroups } = compileAggregation(mapping, scope, aggregation, { restriction });
    // By position: what a figure is called is no part of the text, which the statement is known by.
    const placed = columns.map((column, i) => ({ ...column, property: String(i) }));
    return {
      statement: mapping.returning(sql, { columns: placed, extra: [], keys: [], leads: 0 }),
      values,
      finish({ rows }) {
        if (maxGroups !== null && rows.length > maxGroups) {
          throw new InvalidInput('LIMIT_EXCEEDED', `There are more than ${maxGroups} groups.`, '/maxGroups');
        }
        const groups = (rows as readonly Readonly<Record<string, unknown>>[]).map((row) => {
          return Object.fromEntries(columns.map(({ property }, i) => [property, row[i]]));
        });
        return freeze(groups as unknown as readonly Group<Row, By, Select>[]);
      },
    };
  });
}
