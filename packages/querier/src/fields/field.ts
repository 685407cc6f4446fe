import type { QueryLimits } from '../plain-data/limits.js';
import type { OrderExpression } from '../order/order-expression.js';
import type { FieldType } from './field-type.js';

/** What one operator of a field takes. */
export type Operand =
  | { readonly form: 'value' | 'list'; readonly type: FieldType; readonly values: readonly string[] | null }
  | { readonly form: 'flag' }
  /** A JSON document, compared as a whole. */
  | { readonly form: 'document' }
  /** Operators on what stands in a document at a path. */
  | { readonly form: 'path' }
  /** A condition on the rows behind a relation. */
  | { readonly form: 'condition'; readonly fields: () => Allowlist };

/** What a field is ordered by, and how its cursors are made. */
export interface FieldOrder {
  readonly by: string | OrderExpression<never>;
  readonly confidential: boolean;
  readonly fewTies: boolean;
}

/** A field as every face sees it: all that was defined, with nothing left to decide. */
export interface Field {
  readonly name: string;
  /** The row's property. */
  readonly property: string;
  /** By name, as they were listed. */
  readonly operators: ReadonlyMap<string, Operand>;
  /** Null where nothing is ordered by it. */
  readonly order: FieldOrder | null;
  /** Whether callers may see the values. */
  readonly selected: boolean;
}

/** The fields of an entity, from which its requests are read and its descriptions are written. */
export interface Allowlist {
  /** By name, as they were listed. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly limits: QueryLimits;
}

/** The same, of rows of one type. */
export interface AllowlistOf<Row> extends Allowlist {
  /** For the compiler only. */
  readonly row?: (row: Row) => Row;
}
