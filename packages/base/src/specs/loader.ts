import { type Scope, SqlWriter } from '@holdfast/querier';
import { dataOf, type EntityDefinition, liveRows } from './entity-definition.js';
import { keyLists } from './key-lists.js';
import { byPlace, place } from './place.js';
import type { RowSelection } from './row-selection.js';
import { narrowed } from './scoped-target.js';
import { type ReadSpec, readSpec } from './spec.js';

// So many ids cost nothing by whatever plan.
const FEW = 50;

/**
 * Many rows by their keys in one statement, in the order asked for, null for what is not there. Ids are matched by the
 * database, whatever their spelling; a key of several columns is an object by property.
 */
export function loader<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  ids: readonly Id[],
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<readonly (Data | null)[]> {
  return readSpec('loadMany', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const { primaryKey } = mapping;
    const writer = new SqlWriter();
    const lists = keyLists(mapping, ids, writer);
    const names = primaryKey.map((_, i) => `"#${i}"`);
    const restriction = liveRows(definition, mapping, includeDeleted);
    // A list of keys leads through the index at once; several are met by the join.
    const listed = primaryKey.length === 1 ? `${primaryKey[0]!.sql} = ANY(${lists[0]!})` : 'TRUE';
    const where = narrowed(mapping, scope, listed, restriction, writer);
    const rows = `SELECT ${mapping.list} FROM ${mapping.table} WHERE ${where}`;
    const asked = `unnest(${lists.join(', ')}) WITH ORDINALITY asked(${names.join(', ')}, place)`;
    const same = primaryKey.map(({ sql }, i) => `r.${sql} = asked.${names[i]!}`).join(' AND ');
    const statement = mapping.returningAlso(place, `SELECT r.*, asked.place FROM ${asked} JOIN (${rows}) r ON ${same}`);
    return {
      statement: ids.length > FEW ? statement.plannedAnew : statement,
      values: writer.values,
      finish(sink) {
        const data = ids.map((): Data | null => null);
        for (const [index, row] of byPlace(sink)) data[index] = dataOf(definition, row);
        return Object.freeze(data);
      },
    };
  });
}
