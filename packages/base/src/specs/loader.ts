import { type ColumnShape, columnType, type Scope, SqlWriter } from '@holdfast/querier';
import { dataOf, type EntityDefinition, liveRows } from './entity-definition.js';
import type { RowSelection } from './row-selection.js';
import { narrowed } from './scoped-target.js';
import { type ReadSpec, readSpec } from './spec.js';

/** Which of the ids a row was asked for by, from 1 on. */
const place: ColumnShape = { property: '#place', sql: 'place', type: columnType('bigint'), nullable: false };

/**
 * Many rows by their keys in one statement, in the order asked for, null for what is not there. Ids are matched by the
 * database, whatever their spelling.
 */
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
    const list = writer.list(key.type, ids, '/ids');
    const restriction = liveRows(definition, mapping, includeDeleted);
    const where = narrowed(mapping, scope, `${key.sql} = ANY(${list})`, restriction, writer);
    const rows = `SELECT ${mapping.list} FROM ${mapping.table} WHERE ${where}`;
    const asked = `unnest(${list}) WITH ORDINALITY asked(holdfast_id, place)`;
    return {
      statement: mapping.returningAlso(
        place,
        `SELECT asked.place, r.* FROM ${asked} JOIN (${rows}) r ON r.${key.sql} = asked.holdfast_id`,
      ),
      values: writer.values,
      finish({ rows: found }) {
        const data = ids.map((): Data | null => null);
        for (const { '#place': at, ...row } of found as readonly { readonly '#place': string }[]) {
          data[Number(at) - 1] = dataOf(definition, row);
        }
        return Object.freeze(data);
      },
    };
  });
}
