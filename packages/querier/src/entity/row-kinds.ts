/** What a scalar column holds in a row. */
export type Scalar = string | number | bigint | boolean | Date | Uint8Array;

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Marks the type of a json or jsonb column in a row interface; TypeScript could not tell it from a relation. */
export type Jsonb<Value> = Value & { readonly __jsonb?: never };

type Unwrapped<T> = NonNullable<T extends Promise<infer Value> ? Value : T>;

/** What kind of property it is: a column's, or that of a relation to one row or many. */
export type Kind<T> = unknown extends T
  ? 'json'
  : Unwrapped<T> extends Scalar
    ? 'scalar'
    : '__jsonb' extends keyof Unwrapped<T>
      ? 'json'
      : Unwrapped<T> extends readonly (infer Element)[]
        ? Element extends Scalar
          ? 'array'
          : 'many'
        : 'one';

/** The names of a row's columns of one kind. */
export type KeysOfKind<Row, Wanted> = {
  [Property in keyof Row & string]: Kind<Row[Property]> extends Wanted ? Property : never;
}[keyof Row & string];

/** The names of all columns of a row, relations left out. */
export type ColumnKey<Row> = KeysOfKind<Row, 'scalar' | 'array' | 'json'>;

/** A column's value without null. */
export type Present<T> = Unwrapped<T>;

/** The element of an array column. */
export type ElementOf<T> = Unwrapped<T> extends readonly (infer Element)[] ? Element : never;

/** What stands behind a relation: the row, whether there is one or many. */
export type Related<T> = Unwrapped<T> extends readonly (infer Element)[] ? Element : Unwrapped<T>;

/** A column of a row that is reached over one or two to-one relations, e.g. `session.name`. */
export type ColumnPath<Row, Depth extends 0 | 1 = 1> = {
  [Relation in KeysOfKind<Row, 'one'>]:
    | `${Relation}.${KeysOfKind<Related<Row[Relation]>, 'scalar'>}`
    | (Depth extends 1 ? `${Relation}.${ColumnPath<Related<Row[Relation]>, 0>}` : never);
}[KeysOfKind<Row, 'one'>];
