import { type HoldfastError, Misuse } from '@holdfast/errors';
import { SqlWriter } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';
import { NotNullViolation } from '../../errors/database-error.js';
import type { Step } from '../../wire/statement.js';
import { type GivenRows, givenSource, type MadeCell } from './given-rows.js';
import { sameKey } from './stored.js';

/** What comes back of an INSERT: the stored rows, or only their number. */
export type Returning = 'rows' | 'nothing';

/** One INSERT of many rows that give the same columns. */
export function insertion(mapping: EntityMapping, given: GivenRows, returning: Returning): Step {
  const writer = new SqlWriter();
  const made = madeKeys(mapping, given.columns);
  const source = givenSource(given, writer, made);
  const names = source.columns.map(({ sql }) => sql).join(', ');
  const values = source.columns.map((column) => source.name(column)).join(', ');
  const override = made.length === 0 ? '' : ' OVERRIDING SYSTEM VALUE';
  const into = names === '' ? mapping.table : `${mapping.table} (${names})${override}`;
  const insert = `INSERT INTO ${into} SELECT ${values} FROM given ORDER BY place`;
  if (returning === 'nothing') {
    return { statement: mapping.returningNothing(`WITH ${source.sql} ${insert}`).plannedAnew, values: writer.values };
  }
  // RETURNING promises no order: the database joins what was stored to what was given, by key.
  const sql =
    `WITH ${source.sql}, stored AS (${insert} RETURNING ${mapping.list}) ` +
    `SELECT ${mapping.listOf('stored')} FROM given JOIN stored ON ${sameKey(mapping, source, 'stored')} ORDER BY given.place`;
  return { statement: mapping.returningRows(sql).plannedAnew, values: writer.values };
}

/** Keys of a sequence that the rows do not give: taken from it beforehand, so that the rows can be told apart. */
function madeKeys(mapping: EntityMapping, given: readonly MappedColumn[]): readonly MadeCell[] {
  return mapping.primaryKey
    .filter((column) => column.generation === 'sequence' && !given.includes(column))
    .map((column) => ({ column, sql: `nextval((SELECT ${sequenceOf(mapping, column)}::regclass))` }));
}

/** The sequence that the column owns, or else that its default takes the next value of; NULL where it has none. */
function sequenceOf({ table }: EntityMapping, column: MappedColumn): string {
  const name = literal(nameOf(column));
  const expression = 'pg_get_expr(d.adbin, d.adrelid)';
  const named = `replace(substring(${expression} from '^nextval[(]''(.*)''::regclass[)]$'), '''''', '''')`;
  const byDefault =
    `SELECT ${named} FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum ` +
    `WHERE d.adrelid = ${literal(table)}::regclass AND a.attname = ${name}`;
  return `coalesce(pg_get_serial_sequence(${literal(table)}, ${name}), (${byDefault}))`;
}

/** Why rows without their key could not be stored where no sequence makes it, or null. */
export function missingSequence(mapping: EntityMapping, error: HoldfastError): Misuse | null {
  if (!(error instanceof NotNullViolation)) return null;
  const made = mapping.primaryKey.filter(({ generation }) => generation === 'sequence');
  const column = made.find((each) => nameOf(each) === error.column);
  if (column === undefined) return null;
  const message = `${mapping.name}.${column.property} has its values of no sequence that is known: a bulk gives them.`;
  return new Misuse(message, error);
}

function nameOf({ sql }: MappedColumn): string {
  return sql.slice(1, -1).replaceAll('""', '"');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
