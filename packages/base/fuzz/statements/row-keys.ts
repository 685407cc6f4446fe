import type { Cell, Cells } from './cell.js';
import type { FuzzedRow } from './entity-schema.js';
import { nested } from './row-shape.js';
import type { FuzzedColumn, FuzzedTable } from './fuzzed-table.js';

const text = (value: string): Cell => ({ text: value, given: value });

const byType: Readonly<Record<string, (n: number) => Cell>> = {
  uuid: (n) => text(`${n.toString(16).padStart(8, '0')}-4f10-7c3a-9d2e-8b6f5a4c3d2e`),
  text: (n) => text(`k'"\\,é𝒳{} ${n}`),
  'varchar(40)': (n) => text(`NULL ${n}`),
  int: (n) => ({ text: String(n), given: n }),
  bigint: (n) => text(String(9_000_000_000_000_000_000n + BigInt(n))),
  numeric: (n) => text(`${n}.50`),
};

const isOnlyDatabase = ({ generated }: FuzzedColumn): boolean => generated === 'identity always';

/** Whether a row can be given its key. */
export function takesKey({ keys }: FuzzedTable): boolean {
  return !keys.some(isOnlyDatabase);
}

/** The key of a new row; nothing of what only the database may make. */
export function newKey({ keys }: FuzzedTable, n: number): Cells {
  const given = keys.filter((column) => !isOnlyDatabase(column));
  return Object.fromEntries(given.map(({ property, type }) => [property, byType[type.name]!(n)]));
}

/** A row's id, as operations take it. */
export function idOf({ keys }: FuzzedTable, row: FuzzedRow): unknown {
  const [first, ...others] = keys;
  if (others.length === 0) return row[first!.property];
  return Object.fromEntries(keys.map(({ property }) => [property, row[property]]));
}

/** The values that a program gives for cells. */
export function givenValues(cells: Cells): Record<string, unknown> {
  return nested(Object.fromEntries(Object.entries(cells).map(([property, { given }]) => [property, given])));
}
