import type { ColumnKey } from '@holdfast/querier';

/** The columns that hold who created a row and who changed it last. */
export interface ActorColumns<Row> {
  readonly created?: ColumnKey<Row>;
  readonly updated?: ColumnKey<Row>;
}

/** The values with who acts; what they say themselves stands, and nobody leaves the columns alone. */
export function stampedBy<Row, Values extends object>(
  columns: ActorColumns<Row> | undefined,
  which: readonly (keyof ActorColumns<Row>)[],
  values: Values,
  actor: string | null | undefined,
): Values {
  if (columns === undefined || actor === null || actor === undefined) return values;
  const stamps = which.flatMap((each) => {
    const column = columns[each];
    return column === undefined || Object.hasOwn(values, column) ? [] : [[column, actor] as const];
  });
  return { ...values, ...Object.fromEntries(stamps) };
}
