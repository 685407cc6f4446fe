/**
 * What is stored instead of a column's value, and the other way round: a transformer of TypeORM, or a list that is kept in
 * a text. Of the whole value, where the column holds lists.
 */
export interface Conversion {
  /** What is stored. What it throws makes the value one that the column does not take. */
  readonly to: (value: unknown) => unknown;
  readonly from: (stored: unknown) => unknown;
  /** Whether null is converted too; else it stays NULL, and NULL null. */
  readonly ofNull: boolean;
}
