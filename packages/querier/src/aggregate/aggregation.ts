import type { QueryCondition } from '../condition/condition.js';
import type { ColumnKey, KeysOfKind, Present } from '../entity/row-kinds.js';
import type { QueryOrder } from '../order/order.js';
import type { Aggregate } from './aggregate.js';

/** Columns of numbers: bigint and numeric are texts in a row. */
type NumberKey<Row> = {
  [Property in KeysOfKind<Row, 'scalar'>]: Present<Row[Property]> extends string | number | bigint ? Property : never;
}[KeysOfKind<Row, 'scalar'>];

/** An aggregate that an entity has the column for. */
export type AggregateOf<Row> =
  | Aggregate<'count', ColumnKey<Row> | null>
  | Aggregate<'countDistinct' | 'min' | 'max', KeysOfKind<Row, 'scalar'>>
  | Aggregate<'sum' | 'avg', NumberKey<Row>>;

/** The figures of each group, by the names that they get. */
export type Figures<Row> = Readonly<Record<string, AggregateOf<Row>>>;

type FigureOf<Row, One> =
  One extends Aggregate<infer Kind, infer Column>
    ? Kind extends 'count' | 'countDistinct'
      ? number
      : Kind extends 'min' | 'max'
        ? Column extends keyof Row
          ? Present<Row[Column]> | null
          : never
        : string | null
    : never;

/** One group: the columns that its rows share, and its figures. */
export type Group<Row, By extends keyof Row, Select> = { readonly [Property in By]: Row[Property] } & {
  readonly [Name in keyof Select]: FigureOf<Row, Select[Name]>;
};

/**
 * Which figures of which groups: `{ groupBy: ['status'], select: { rows: count(), size: sum('size') } }`. Rows with NULL in
 * a column of `groupBy` are a group of their own.
 */
export interface Aggregation<Row, By extends KeysOfKind<Row, 'scalar'>, Select extends Figures<Row>> {
  /** Which columns the rows of a group share. Default none: all rows are one group, even if there are none. */
  readonly groupBy?: readonly By[];
  readonly select: Select;
  /** Which rows count; ANDed. Default: all rows of the scope. */
  readonly conditions?: readonly QueryCondition<Row>[];
  /** Which groups count, by their columns and figures; ANDed. Default all. */
  readonly having?: readonly QueryCondition<Group<Row, NoInfer<By>, NoInfer<Select>>>[];
  /** By columns and figures of the groups; those of `groupBy` are always appended. */
  readonly orders?: readonly QueryOrder<Group<Row, NoInfer<By>, NoInfer<Select>>>[];
  /** Only the first groups in the order, at least 1. Default all; then more than `maxGroups` are an error. */
  readonly first?: number;
  /** Groups that there may be, 1 to 10,000. Default 1,000. */
  readonly maxGroups?: number;
}
