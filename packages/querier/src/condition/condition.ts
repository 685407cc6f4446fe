import type { ElementOf, Json, KeysOfKind, Present } from '../entity/row-kinds.js';

type Equality<Value> = { eq: Value; ne: Value; in: readonly Value[]; notIn: readonly Value[] };
type Range<Value> = { lt: Value; lte: Value; gt: Value; gte: Value };
type Text = {
  contains: string;
  startsWith: string;
  endsWith: string;
  ieq: string;
  icontains: string;
  istartsWith: string;
  iendsWith: string;
};
type Nullable<Column> = null extends Column ? { isNull: boolean } : unknown;
type Some<Operators> = { readonly [Name in keyof Operators]?: Operators[Name] };

/** The operators of a scalar column; several on one column are ANDed. */
export type ScalarOperators<Column> = Some<
  Equality<Present<Column>> &
    Nullable<Column> &
    (Present<Column> extends boolean | Uint8Array ? unknown : Range<Present<Column>>) &
    (Present<Column> extends string ? Text : unknown)
>;

/** The operators of an array column. */
export type ArrayOperators<Column> = Some<
  {
    has: ElementOf<Column>;
    hasAny: readonly ElementOf<Column>[];
    hasAll: readonly ElementOf<Column>[];
    isEmpty: boolean;
  } & Nullable<Column>
>;

/** The operators of a json or jsonb column: containment as PostgreSQL's `@>`, and a top-level key. */
export type JsonOperators<Column> = Some<{ contains: Json; hasKey: string } & Nullable<Column>>;

declare const ofRow: unique symbol;

/**
 * A condition on rows, as plain frozen data: sibling columns and sibling operators are ANDed, groups are kept.
 *
 * Two-valued: a NULL matches no comparison, and everything that does not match is matched by `ne`, `notIn` and `not`.
 * `{}` and an empty `and` match every row, an empty `or` and an empty `in` none. Wildcards in text are literal.
 */
export type QueryCondition<Row> = {
  readonly [Property in KeysOfKind<Row, 'scalar'>]?: ScalarOperators<Row[Property]>;
} & {
  readonly [Property in KeysOfKind<Row, 'array'>]?: ArrayOperators<Row[Property]>;
} & {
  readonly [Property in KeysOfKind<Row, 'json'>]?: JsonOperators<Row[Property]>;
} & {
  readonly and?: readonly QueryCondition<Row>[];
  readonly or?: readonly QueryCondition<Row>[];
  readonly not?: QueryCondition<Row>;
  /** For the compiler only: a condition on another row does not fit, whatever columns it has. */
  readonly [ofRow]?: (row: Row) => Row;
};
