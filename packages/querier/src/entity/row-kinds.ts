/** What a scalar column holds in a row. */
export type Scalar = string | number | bigint | boolean | Date | Uint8Array;

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Marks the type of a json or jsonb column in a row interface; TypeScript could not tell it from a relation. */
export type Jsonb<Value> = Value & { readonly __jsonb?: never };

type Unwrapped<T> = NonNullable<T extends Promise<infer Value> ? Value : T>;

type Kind<T> = unknown extends T
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
