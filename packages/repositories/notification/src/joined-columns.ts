import type { ColumnShape } from '@holdfast/querier';

/** Columns of a row that is a part of another: `channel.name`. */
export function joinedColumns(
  property: string,
  alias: string,
  columns: readonly ColumnShape[],
): readonly ColumnShape[] {
  return columns.map((column) => ({
    ...column,
    property: `${property}.${column.property}`,
    sql: `${alias}.${column.sql}`,
  }));
}
