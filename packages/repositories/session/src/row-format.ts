import type { ColumnShape, ColumnType } from '@holdfast/querier';

/** How the rows of a statement are read that are no entity's: by what its columns are called, in order. */
interface RowFormat {
  readonly columns: readonly ColumnShape[];
  readonly extra: readonly ColumnShape[];
  readonly keys: readonly number[];
  readonly leads: number;
}

/** The format of rows with these columns: `rowFormat({ id: columnType('uuid') })`. */
export function rowFormat(columns: Readonly<Record<string, ColumnType>>): RowFormat {
  return Object.freeze({
    columns: Object.entries(columns).map(([property, type]) => ({ property, sql: property, type, nullable: false })),
    extra: [],
    keys: [],
    leads: 0,
  });
}
