import type { ColumnKey, KeysOfKind, Related } from '../entity/row-kinds.js';
import type { OrderTerm } from '../order/order.js';
import type { AllowlistOf } from './field.js';
import type { FieldOperator, FieldType } from './field-type.js';
import type { FieldColumn } from './field-column.js';

/** What the outside may do with one column. Whatever is not said here cannot be probed. */
interface FieldOfType<Row, Type extends FieldType> {
  readonly type: Type;
  /** The values that there are, where they are few. Only for texts. */
  readonly values?: Type extends 'text' ? readonly string[] : never;
  /** By which operators it may be filtered. Default none. */
  readonly operators?: readonly FieldOperator<Type>[];
  /** Whether it may be ordered by; or what is ordered by under its name. Default false. */
  readonly order?: boolean | OrderTerm<Row>;
  /**
   * Whether callers may see the values. Default true. Where they may not, all cursors of the field set are encrypted.
   * Operators still tell about the values, and the order does: allow none that tells too much.
   */
  readonly selected?: boolean;
  /** Declares that few rows share a value, as `QueryOrder.fewTies`. Default false. */
  readonly fewTies?: boolean;
}

/** The column of a field: by default the one of its name, if there is one that holds such values. */
type OfColumn<Row, Name extends string, Type extends FieldType> =
  Name extends FieldColumn<Row, Type>
    ? { readonly column?: FieldColumn<Row, Type> }
    : { readonly column: FieldColumn<Row, Type> };

/** A field that is no column: something to order by, under a name. */
type OrderField<Row> = {
  readonly [Type in Exclude<FieldType, 'json'>]: Omit<FieldOfType<Row, Type>, 'operators' | 'order' | 'values'> & {
    readonly column?: never;
    readonly values?: never;
    readonly operators?: readonly never[];
    readonly order: OrderTerm<Row>;
  };
}[Exclude<FieldType, 'json'>];

/** A field that is a column. Its values are of the field's type. */
export type ColumnField<Row, Name extends string = keyof Row & string> = {
  readonly [Type in FieldType]: FieldOfType<Row, Type> & OfColumn<Row, Name, Type>;
}[FieldType];

/** The operators of a relation to one row, and to many. */
export type RelationOperator = 'is' | 'exists' | 'some' | 'none' | 'every';

/** A field that is a relation: the rows behind it are filtered by their own fields. Limits are those of the search. */
export interface RelationField<Row, Relation extends keyof Row, Operator extends RelationOperator> {
  /** The row's property. */
  readonly relation: Relation;
  readonly operators: readonly Operator[];
  /** The fields of the rows behind, as a function, so that two field sets may name each other. */
  readonly fields: () => AllowlistOf<Related<Row[Relation]>>;
}

/** What the outside may do with one field, which has a name; by default that of a property of the row. */
export type FieldDefinition<Row, Name extends string = keyof Row & string> =
  | ColumnField<Row, Name>
  | (Name extends ColumnKey<Row> ? never : OrderField<Row>)
  | { readonly [One in KeysOfKind<Row, 'one'>]: RelationField<Row, One, 'is' | 'exists'> }[KeysOfKind<Row, 'one'>]
  | {
      readonly [Many in KeysOfKind<Row, 'many'>]: RelationField<Row, Many, 'some' | 'none' | 'every'>;
    }[KeysOfKind<Row, 'many'>];

/**
 * By name: that of a property of the row, or one of the aliases, which say what they stand for. A name is one of GraphQL:
 * letters, digits and `_`, and none that means something else (`and`, `or`, `not`, `null`).
 */
export type FieldDefinitions<Row, Alias extends string = never> = {
  readonly [Name in (keyof Row & string) | Alias]?: FieldDefinition<Row, Name>;
};
