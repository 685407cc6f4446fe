import type { ColumnShape } from '@holdfast/querier';

/** The type to cast a parameter of the column to. */
export function castOf({ type }: ColumnShape): string {
  return type.array ? `${type.sql}[]` : type.sql;
}
