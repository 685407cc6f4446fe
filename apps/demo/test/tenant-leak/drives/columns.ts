/** The properties of an entity to aim at, by kind. Where it has none of a kind, operators of that kind are left out. */
export interface Columns {
  /** Texts that hold exactly the canary. */
  readonly text: string;
  readonly nullable: string;
  readonly number: string | null;
  /** A list that holds the canary. */
  readonly list: string | null;
  /** A document `{ [canary]: canary }`. */
  readonly json: string | null;
}

export type Condition = Readonly<Record<string, unknown>>;

/** Operators on a column, if there is one. */
export function on(column: string | null, ...operators: readonly Condition[]): readonly Condition[] {
  return column === null ? [] : operators.map((operator) => ({ [column]: operator }));
}
