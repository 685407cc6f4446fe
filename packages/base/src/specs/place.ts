import { columnType, type ColumnShape } from '@holdfast/querier';

/** Which of what was asked for a row is, from 1 on. */
export const place: ColumnShape = { property: '#place', sql: 'place', type: columnType('bigint'), nullable: false };

/** Rows that say which of what was asked for they are, by index from 0 on. */
export function byPlace(rows: readonly object[]): readonly (readonly [index: number, row: object])[] {
  return (rows as readonly { readonly '#place': string }[]).map(({ '#place': at, ...row }) => [Number(at) - 1, row]);
}
