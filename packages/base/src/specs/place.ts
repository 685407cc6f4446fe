import { columnType, type ColumnShape } from '@holdfast/querier';
import type { RowSink } from '../wire/row-sink.js';

/** Which of what was asked for a row is, from 1 on. */
export const place: ColumnShape = { property: '#place', sql: 'place', type: columnType('bigint'), nullable: false };

/** Rows that have their place as their position, each with its index from 0 on. */
export function byPlace({ rows, positions }: RowSink): readonly (readonly [index: number, row: object])[] {
  return rows.map((row, i) => [Number(positions[i]![0]) - 1, row]);
}
