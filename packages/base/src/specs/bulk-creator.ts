import { InvalidInput } from '@holdfast/errors';
import { arrayLiteral, plainObject, type Scope, SqlWriter, stampedValues } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { AmbiguousCommitError } from '../errors/database-error.js';
import { castOf, creationFailure, type CreatorSpec, encodedRow } from './creator.js';
import { dataOf, type EntityDefinition } from './entity-definition.js';
import { type StatementWrite, writeSpec } from './spec.js';

/**
 * Creates many rows in one statement, all or nothing: the seeds' BulkCreator. Every row gives the same columns, its key
 * among them: RETURNING promises no order, so the database joins what was stored to what was given, by key.
 *
 * Columns travel as one array of texts each and are cast row by row: `unnest` would flatten arrays of arrays.
 */
export function bulkCreator<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
): StatementWrite<readonly Data[]> {
  return writeSpec('bulkCreate', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const rows = specs.map(({ values }, index) => {
      return new Map(encodedRow(mapping, stampedValues(scope, plainObject(values, `/${index}`)), `/${index}`));
    });
    const columns = commonColumns(mapping, rows);
    const writer = new SqlWriter();
    const sql =
      rows.length === 0
        ? `SELECT ${mapping.list} FROM ${mapping.table} WHERE FALSE`
        : insertion(mapping, columns, rows, writer);
    return {
      statement: mapping.returningRows(sql),
      values: writer.values,
      ...(rows.length === 0 ? { writes: false } : {}),
      finish({ rows: stored }) {
        // A trigger or the column's type made other rows of them: what is stored is not what was given.
        if (stored.length !== specs.length)
          throw new AmbiguousCommitError(new Error('Other rows were stored than given.'));
        return Object.freeze(stored.map((row) => dataOf(definition, row)));
      },
      failure: (error) => creationFailure(definition, mapping, specs, error),
    };
  });
}

function insertion(
  mapping: EntityMapping,
  columns: readonly MappedColumn[],
  rows: readonly ReadonlyMap<MappedColumn, string | null>[],
  writer: SqlWriter,
): string {
  const arrays = columns.map((column) => writer.text(arrayLiteral(rows.map((row) => row.get(column)!)), 'text[]'));
  const names = columns.map(({ sql }) => sql).join(', ');
  const aliases = columns.map((_, i) => `c${i}`).join(', ');
  const cast = columns.map((column, i) => `c${i}::${castOf(column)} AS c${i}`).join(', ');
  const sameKey = mapping.primaryKey.map((column) => `stored.${column.sql} = given.c${columns.indexOf(column)}`);
  const list = [...mapping.columns.values()].map(({ sql }) => `stored.${sql}`).join(', ');
  return (
    `WITH given AS MATERIALIZED (SELECT ${cast}, place FROM unnest(${arrays.join(', ')}) WITH ORDINALITY r(${aliases}, place)), ` +
    `stored AS (INSERT INTO ${mapping.table} (${names}) SELECT ${aliases} FROM given ORDER BY place RETURNING ${mapping.list}) ` +
    `SELECT ${list} FROM given JOIN stored ON ${sameKey.join(' AND ')} ORDER BY given.place`
  );
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
