import type { ColumnType } from '../entity/column-type.js';

/** One key of a total order, with everything decided. */
export interface OrderKey {
  /** What it is called in errors and cursors: a property, a path, or an expression as it was written. */
  readonly name: string;
  /** Its value, as the statement names it. */
  readonly sql: string;
  /** The name that it is selected under, quoted; null for a column of the row, which is selected anyway. */
  readonly alias: string | null;
  /** What the table is joined to for it, as it stands in a FROM list behind the table; null where the row has it. */
  readonly join: string | null;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly confidential: boolean;
  readonly fewTies: boolean;
}
