import type { QueryCondition } from '../condition/condition.js';
import { freeze } from '../plain-data/freeze.js';
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
}

export interface BatchQuerierArgs<Row> {
  readonly pagination: Pagination;
  readonly conditions?: readonly QueryCondition<Row>[];
  readonly orders?: readonly QueryOrder<Row>[];
  /** Default `none`. */
  readonly total?: Total;
}

/** Builds a BatchQuerier: `batchQuerier<SessionRow>({ conditions: [mine], orders: [newest], pagination: { first: 20 } })`. */
export function batchQuerier<Row>(args: BatchQuerierArgs<Row>): BatchQuerier<Row> {
  return freeze({
    conditions: args.conditions ?? [],
    orders: args.orders ?? [],
    pagination: args.pagination,
    total: args.total ?? 'none',
  });
}
