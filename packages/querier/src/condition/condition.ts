import type { ElementOf, IsTransformed, Json, Kind, KeysOfKind, Present, Related } from '../entity/row-kinds.js';

/** A time as text in ISO 8601, to the microsecond where a Date ends at milliseconds: `2026-03-08T01:59:59.999999Z`. */
export type IsoTime = `${number}-${number}-${number}T${string}`;
/** What a column is compared with. */
type Operand<Column> = Present<Column> extends Date ? Date | IsoTime : Present<Column>;
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
  iin: readonly string[];
};
type Nullable<Column> = null extends Column ? { isNull: boolean } : unknown;
type Some<Operators> = { readonly [Name in keyof Operators]?: Operators[Name] };

/** The operators of a scalar column; several on one column are ANDed. */
export type ScalarOperators<Column> = Some<
  Equality<Operand<Column>> &
    Nullable<Column> &
    (Present<Column> extends boolean | Uint8Array ? unknown : Range<Operand<Column>>) &
    (Present<Column> extends string ? (IsTransformed<Column> extends true ? unknown : Text) : unknown)
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

/**
 * The operators of a jsonb column (a json column has `isNull` alone): containment and top-level keys as PostgreSQL's `@>` and `?`,
 * and the value at a path.
 * A JSON null there is a value like any other; ranges compare numbers with numbers and texts with texts.
 */
export type JsonOperators<Column> = Some<{ contains: Json; hasKey: string; at: JsonPathOperators } & Nullable<Column>>;

/** Operators on the value at a path of keys and array positions, e.g. `{ path: ['limits', 'cpu'], gte: 4 }`. */
export type JsonPathOperators = { readonly path: readonly (string | number)[] } & Some<
  Equality<Json> & Range<string | number> & { exists: boolean }
>;

/** Conditions on the columns and relations of an embedded object; several are ANDed. */
export type EmbeddedConditions<Value> = {
  readonly [Property in KeysOfKind<Present<Value>, keyof OperatorsByKind<unknown>>]?: OperatorsOf<
    Present<Value>[Property]
  >;
};

/** The operators of a relation to one row: what that row is, or whether there is one. */
export type OneOperators<Column> = Some<{ is: QueryCondition<Related<Column>>; exists: boolean }>;

/** The operators of a relation to many rows. `every` is met where there are none. */
export type ManyOperators<Column> = Some<Record<'some' | 'none' | 'every', QueryCondition<Related<Column>>>>;

declare const ofRow: unique symbol;

/**
 * A condition on rows, as plain frozen data: sibling columns and sibling operators are ANDed, groups are kept.
 *
 * Two-valued: a NULL matches no comparison, and everything that does not match is matched by `ne`, `notIn` and `not`.
 * `{}` and an empty `and` match every row, an empty `or` and an empty `in` none. Wildcards in text are literal.
 * Behind a relation only those rows exist that the scope lets be seen.
 */
export type QueryCondition<Row> = {
  readonly [Property in KeysOfKind<Row, keyof OperatorsByKind<unknown>>]?: OperatorsOf<Row[Property]>;
} & {
  readonly and?: readonly QueryCondition<Row>[];
  readonly or?: readonly QueryCondition<Row>[];
  readonly not?: QueryCondition<Row>;
  /** For the compiler only: a condition on another row does not fit, whatever columns it has. */
  readonly [ofRow]?: (row: Row) => Row;
};

/** What can be asked of a property, by its kind. */
interface OperatorsByKind<Column> {
  readonly scalar: ScalarOperators<Column>;
  readonly array: ArrayOperators<Column>;
  readonly json: JsonOperators<Column>;
  readonly embedded: EmbeddedConditions<Column>;
  readonly one: OneOperators<Column>;
  readonly many: ManyOperators<Column>;
}

type OperatorsOf<Column> = OperatorsByKind<Column>[Kind<Column> & keyof OperatorsByKind<Column>];
