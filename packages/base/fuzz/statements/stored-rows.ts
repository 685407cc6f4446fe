import type pg from 'pg';
import { type FuzzedRow, KIND, KIND_COLUMN } from './entity-schema.js';
import type { FuzzedColumn, FuzzedTable } from './fuzzed-table.js';
import { readable, readAs } from './reading.js';

/** A row as plain SQL has it. */
export interface StoredRow {
  /** By property: what PostgreSQL writes. */
  readonly texts: Readonly<Record<string, string | null>>;
  /** By property: what a program is to get, made by SQL. */
  readonly values: FuzzedRow;
}

const texts = { getTypeParser: () => (text: string) => text };

/** The rows of a tenant, by what `keyOf` makes of them; read by SQL alone. */
export async function storedRows(
  sql: pg.Client,
  table: FuzzedTable,
  tenant: string,
): Promise<ReadonlyMap<string, StoredRow>> {
  const list = table.columns.flatMap((column) => [`${column.sql}::text`, selected(column)]);
  const { rows } = await sql.query<(string | null)[]>({
    text: `SELECT ${list.join(', ')} FROM ${table.sql} WHERE "tenant" = $1${ofKind(table)}`,
    values: [tenant],
    rowMode: 'array',
    types: texts,
  });
  const stored = rows.map((row): StoredRow => ({
    texts: byProperty(table, (_, i) => row[i * 2]!),
    values: byProperty(table, (column, i) => valueOf(column, row[i * 2 + 1]!)),
  }));
  return new Map(stored.map((row) => [keyOf(table, row.values), row]));
}

/** Of a table that several entities have in common, the rows of this one. */
export function ofKind({ plan }: FuzzedTable): string {
  return plan.inherits ? ` AND "${KIND_COLUMN}" = '${KIND.replace("'", "''")}'` : '';
}

/** What tells a row from others of its table. */
export function keyOf({ keys }: FuzzedTable, row: FuzzedRow): string {
  return JSON.stringify(keys.map(({ property }) => row[property]));
}

function byProperty<Value>(
  { columns }: FuzzedTable,
  value: (column: FuzzedColumn, index: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(columns.map((column, i) => [column.property, value(column, i)]));
}

/** One text for all of the value: of a list, its elements as a list of JSON. */
function selected({ sql, array, type }: FuzzedColumn): string {
  if (!array) return readable(type.reading, sql);
  const elements = `SELECT coalesce(jsonb_agg(${readable(type.reading, 'e')} ORDER BY i), '[]') FROM unnest(${sql}) WITH ORDINALITY u(e, i)`;
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE (${elements})::text END`;
}

function valueOf({ array, type }: FuzzedColumn, text: string | null): unknown {
  const { from = (stored: unknown) => stored } = type;
  if (text === null) return from(null);
  if (!array) return from(readAs(type.reading, text));
  return (JSON.parse(text) as (string | null)[]).map((one) => (one === null ? null : readAs(type.reading, one)));
}
