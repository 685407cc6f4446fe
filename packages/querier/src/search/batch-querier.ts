import type { QueryCondition } from '../condition/condition.js';
import { freezeThroughout } from '../plain-data/freeze.js';
import type { QueryOrder } from '../order/order.js';
import type { Pagination, Total } from '../page/pagination.js';

/** What to search for, in which order, and which page of it: plain frozen data. Document 002 of the seeds calls it Querier. */
export interface BatchQuerier<Row> {
  /** ANDed. */
  readonly conditions: readonly QueryCondition<Row>[];
  /** The primary key is always appended, so that every order is total. */
  readonly orders: readonly QueryOrder<Row>[];
  readonly pagination: Pagination;
  readonly total: Total;
  /** Whether the flag against the direction of paging is measured too; else it says whether a cursor was given. */
  readonly measureBoth: boolean;
  /** Whether a cursor is refused once the conditions have changed. Entity, order and scope bind it always. */
  readonly bindConditions: boolean;
  /** Whether cursors are encrypted whatever the order: the primary key is part of every one. */
  readonly confidential: boolean;
}

export interface BatchQuerierArgs<Row> {
  readonly pagination: Pagination;
  readonly conditions?: readonly QueryCondition<Row>[];
  readonly orders?: readonly QueryOrder<Row>[];
  /** Default `none`. */
  readonly total?: Total;
  /** Default false: one look at the index more. */
  readonly measureBoth?: boolean;
  /** Default true. False suits lists that go on while their filter is changed. */
  readonly bindConditions?: boolean;
  /** Default false: cursors are encrypted where an order is `confidential`. */
  readonly confidential?: boolean;
}

/** Builds a BatchQuerier: `batchQuerier<SessionRow>({ conditions: [mine], orders: [newest], pagination: { first: 20 } })`. */
export function batchQuerier<Row>(args: BatchQuerierArgs<Row>): BatchQuerier<Row> {
  // Defaults are for what is not there. Null is no condition and no list of them: it is refused when it is compiled.
  const { conditions = [], orders = [], pagination, total = 'none' } = args;
  const { measureBoth = false, bindConditions = true, confidential = false } = args;
  return freezeThroughout({ conditions, orders, pagination, total, measureBoth, bindConditions, confidential });
}
