/** What an aggregate makes of the rows of a group. */
export type AggregateKind = 'count' | 'countDistinct' | 'sum' | 'avg' | 'min' | 'max';

/** One figure of a group of rows: plain frozen data. */
export interface Aggregate<Kind extends AggregateKind = AggregateKind, Column extends string | null = string | null> {
  readonly aggregate: Kind;
  /** The row's property; null where rows are counted. */
  readonly column: Column;
}

/** How many rows there are, or how many of them have a value in the column. */
export function count(): Aggregate<'count', null>;
export function count<Column extends string>(column: Column): Aggregate<'count', Column>;
export function count(column: string | null = null): Aggregate<'count'> {
  return aggregate('count', column);
}

/** How many different values there are in the column; NULL is none. */
export function countDistinct<Column extends string>(column: Column): Aggregate<'countDistinct', Column> {
  return aggregate('countDistinct', column);
}

/** The sum of a column of numbers as text, exact for all but floats; null where there is no value. */
export function sum<Column extends string>(column: Column): Aggregate<'sum', Column> {
  return aggregate('sum', column);
}

/** The mean of a column of numbers as text, exact to 16 digits and more for all but floats; null where there is no value. */
export function avg<Column extends string>(column: Column): Aggregate<'avg', Column> {
  return aggregate('avg', column);
}

/** The least value of the column, as its rows hold it; null where there is no value. */
export function min<Column extends string>(column: Column): Aggregate<'min', Column> {
  return aggregate('min', column);
}

/** The greatest value of the column, as its rows hold it; null where there is no value. */
export function max<Column extends string>(column: Column): Aggregate<'max', Column> {
  return aggregate('max', column);
}

function aggregate<Kind extends AggregateKind, Column extends string | null>(
  kind: Kind,
  column: Column,
): Aggregate<Kind, Column> {
  return Object.freeze({ aggregate: kind, column });
}
