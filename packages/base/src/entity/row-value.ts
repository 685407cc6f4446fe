import type { ColumnShape } from '@holdfast/querier';

/** What a row holds in a column, also in that of an embedded object; undefined where it is not read. */
export function rowValue(row: object, { property }: Pick<ColumnShape, 'property'>): unknown {
  return property
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], row);
}
