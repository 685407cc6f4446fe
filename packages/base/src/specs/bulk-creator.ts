import { InvalidInput } from '@holdfast/errors';
import { arrayLiteral, type Scope, SqlWriter, stampedValues } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { castOf, creationFailure, type CreatorSpec, encodedRow } from './creator.js';
import { dataOf, type EntityDefinition } from './entity-definition.js';
import { type WriteSpec, writeSpec } from './spec.js';

/**
 * Creates many rows in one statement, all or nothing: the seeds' BulkCreator. Every row gives the same columns, its key
 * among them: RETURNING promises no order, so results are joined to the input by key.
 *
 * Columns travel as one array of texts each and are cast row by row: `unnest` would flatten arrays of arrays.
 */
export function bulkCreator<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
): WriteSpec<readonly Data[]> {
  return writeSpec('bulkCreate', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const rows = specs.map(({ values }, index) => {
      return new Map(encodedRow(mapping, stampedValues(scope, values), `/${index}`));
    });
    const columns = commonColumns(mapping, rows);
    const writer = new SqlWriter();
    const names = columns.map(({ sql }) => sql).join(', ');
    const aliases = columns.map((_, i) => `c${i}`);
    const arrays = columns.map((column) => writer.text(arrayLiteral(rows.map((row) => row.get(column)!)), 'text[]'));
    const casts = columns.map((column, i) => `c${i}::${castOf(column)}`).join(', ');
    const from =
      columns.length === 0 ? 'SELECT' : `SELECT ${casts} FROM unnest(${arrays.join(', ')}) r(${aliases.join(', ')})`;
    const into = columns.length === 0 ? `SELECT ${mapping.list} FROM ${mapping.table} WHERE FALSE` : null;
    return {
      statement: mapping.returningRows(
        into ?? `INSERT INTO ${mapping.table} (${names}) ${from} RETURNING ${mapping.list}`,
      ),
      values: writer.values,
      finish({ rows: stored }) {
        const byKey = new Map(stored.map((row) => [mapping.keyText(row), row]));
        const inOrder = specs.map(({ values }) => dataOf(definition, byKey.get(mapping.keyText(values))!));
        return Object.freeze(inOrder);
      },
      failure: (error) => creationFailure(definition, mapping, specs, error),
    };
  });
}

/** The columns that the rows give; all must give the same, the key too. */
function commonColumns(
  mapping: EntityMapping,
  rows: readonly ReadonlyMap<MappedColumn, string | null>[],
): readonly MappedColumn[] {
  const columns = [...(rows[0]?.keys() ?? [])];
  rows.forEach((row, index) => {
    const stray = [...row.keys()].find((column) => !columns.includes(column));
    const missing = [...columns, ...mapping.primaryKey].find((column) => !row.has(column));
    const odd = stray ?? missing;
    if (odd === undefined) return;
    const message = `Rows of one bulk give the same columns, their key among them; this one differs in ${odd.property}.`;
    throw new InvalidInput('INVALID_VALUE', message, `/${index}/${odd.property}`);
  });
  return columns;
}
