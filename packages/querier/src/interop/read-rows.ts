import { Misuse } from '@holdfast/errors';
import type { EntityShape } from '../entity/entity-shape.js';
import { freeze } from '../plain-data/freeze.js';
import type { PageRows } from '../search/assemble-page.js';
import type { PageStatement } from '../search/page-statement.js';

type Named = Readonly<Record<string, unknown>>;

/** Reads rows that are objects by the names of the columns. Throws Misuse for those of another statement. */
export function readRows<Row, Data>(
  shape: EntityShape,
  { leads, extra, keys }: PageStatement,
  rows: readonly object[],
  toData: (row: Row) => Data,
): PageRows<Data> {
  const columns = Array.from(shape.selected, ({ property, sql }) => [property, unquoted(sql)] as const);
  const all = [...columns.map(([, name]) => name), ...extra.map(({ sql }) => unquoted(sql))];
  const numbers = leads.map((name) => `#${name}`);
  const missing = [...numbers, ...all].find((name) => rows.length > 0 && !Object.hasOwn(rows[0]!, name));
  if (missing !== undefined) {
    throw new Misuse(
      `toPage() needs the rows of its statement, as objects by the names of the columns: ${missing} is missing.`,
    );
  }
  // Numbers come back even when there is no row: then every column is NULL, and a primary key never is.
  const key = unquoted(shape.primaryKey[0]!.sql);
  const present = (rows as readonly Named[]).filter((row) => row[key] !== null);
  return {
    items: present.map((row) => {
      const entries = columns.map(([property, name]): [string, unknown] => [property, row[name]]);
      return freeze(toData(Object.fromEntries(entries) as Row));
    }),
    positions: present.map((row) => keys.map((position) => row[all[position]!] as string | null)),
    leads: numbers.map((name) => Number((rows as readonly Named[])[0]?.[name] ?? 0)),
  };
}

function unquoted(sql: string): string {
  return sql.slice(1, -1).replaceAll('""', '"');
}
