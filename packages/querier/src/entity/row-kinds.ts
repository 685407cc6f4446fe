/** What a scalar column holds in a row. */
export type Scalar = string | number | bigint | boolean | Date | Uint8Array;

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Marks the type of a json or jsonb column in a row interface; TypeScript could not tell it from a relation. */
export type Jsonb<Value> = Value & { readonly __jsonb?: never };

declare const transformed: unique symbol;
declare const embedded: unique symbol;

/**
 * Marks the type of a column with a transformer whose values are objects; TypeScript could not tell it from a relation.
 * They are compared and ordered as what is stored for them.
 */
export type Transformed<Value> = Value & { readonly [transformed]?: never };

/** Marks the type of an embedded object, whose properties are columns of the row: `address: Embedded<Address>`. */
export type Embedded<Value> = Value & { readonly [embedded]?: never };

/** Whether a column is marked as one with a transformer: then its values have no parts to be asked for. */
export type IsTransformed<T> = typeof transformed extends keyof Unwrapped<T> ? true : false;

type Unwrapped<T> = NonNullable<T extends Promise<infer Value> ? Value : T>;

/** What kind of property it is: a column's, a relation's to one row or many, an embedded object's, or a method. */
export type Kind<T> = unknown extends T
  ? 'json'
  : Unwrapped<T> extends Scalar
    ? 'scalar'
    : typeof transformed extends keyof Unwrapped<T>
      ? 'scalar'
      : typeof embedded extends keyof Unwrapped<T>
        ? 'embedded'
        : '__jsonb' extends keyof Unwrapped<T>
          ? 'json'
          : Unwrapped<T> extends readonly (infer Element)[]
            ? Element extends Scalar
              ? 'array'
              : 'many'
            : Unwrapped<T> extends (...args: never) => unknown
              ? 'method'
              : 'one';

/** The names of a row's columns of one kind. */
export type KeysOfKind<Row, Wanted> = {
  [Property in keyof Row & string]-?: Kind<Row[Property]> extends Wanted ? Property : never;
}[keyof Row & string];

/** The same with those of embedded objects, and of objects embedded in them; their names have dots: `address.city`. */
export type PathOfKind<Row, Wanted> = KeysOfKind<Row, Wanted> | EmbeddedPath<Row, Wanted>;

type EmbeddedPath<Row, Wanted, Depth extends 0 | 1 = 1> = {
  [Property in KeysOfKind<Row, 'embedded'>]:
    | `${Property}.${KeysOfKind<Present<Row[Property]>, Wanted>}`
    | (Depth extends 1 ? `${Property}.${EmbeddedPath<Present<Row[Property]>, Wanted, 0>}` : never);
}[KeysOfKind<Row, 'embedded'>];

/** What a row holds at a path of embedded objects. */
export type ValueAt<Row, Path> = Path extends keyof Row
  ? Row[Path]
  : Path extends `${infer Property}.${infer Rest}`
    ? Property extends keyof Row
      ? ValueAt<Present<Row[Property]>, Rest>
      : never
    : never;

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
    | `${Relation}.${PathOfKind<Related<Row[Relation]>, 'scalar'>}`
    | (Depth extends 1 ? `${Relation}.${ColumnPath<Related<Row[Relation]>, 0>}` : never);
}[KeysOfKind<Row, 'one'>];
