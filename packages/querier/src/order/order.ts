import type { ColumnPath, PathOfKind } from '../entity/row-kinds.js';
import { freezeThroughout } from '../plain-data/freeze.js';
import type { OrderExpression } from './order-expression.js';

/**
 * What rows can be ordered by: a column, also of an embedded object (`address.city`), a column over to-one relations
 * (`session.name`), or an expression.
 */
export type OrderTerm<Row> = PathOfKind<Row, 'scalar'> | ColumnPath<Row> | OrderExpression<Row>;

/** An order by one term. Ties are broken by the orders that follow, at last by the primary key. */
export interface QueryOrder<Row> {
  readonly by: OrderTerm<Row>;
  /** Default `asc`. */
  readonly dir?: 'asc' | 'desc';
  /** Where NULLs stand. Default as in PostgreSQL: last when ascending, first when descending. */
  readonly nulls?: 'first' | 'last';
  /** Whether callers may not see the values: cursors are then encrypted. Default false. */
  readonly confidential?: boolean;
  /**
   * Declares that few rows share a value of this first key, which is not NULL. A page of a mixed order is then one index
   * range and not one for each key; where it is not true, each page reads all ties of its first row. Default false.
   */
  readonly fewTies?: boolean;
}

export interface OrderOptions {
  /** Default true. */
  readonly ascending?: boolean;
  readonly nulls?: 'first' | 'last';
  readonly confidential?: boolean;
  readonly fewTies?: boolean;
}

/** An order by a column: `order<SessionRow>('createdAt', { ascending: false })`. */
export function order<Row>(by: OrderTerm<Row>, options: OrderOptions = {}): QueryOrder<Row> {
  const { ascending = true, ...others } = options;
  return freezeThroughout({ by, dir: ascending ? 'asc' : 'desc', ...others });
}
