import { InvalidInput } from '@holdfast/errors';
import type { EntityShape } from '../entity/entity-shape.js';
import { ownRows } from '../entity/row-source.js';
import { SqlWriter } from '../entity/sql-writer.js';
import type { QueryOrder } from '../order/order.js';
import { joinedTable, orderList } from '../order/order-list.js';
import { totalOrder } from '../order/total-order.js';
import { defaultLimits } from '../plain-data/limits.js';
import type { Scope } from '../scope/scope.js';
import { visibleBehind } from '../scope/visible-behind.js';
import type { BatchQuerier } from './batch-querier.js';
import { compileFilter } from './compile-filter.js';
import type { SearchContext } from './search-context.js';

/** Which rows are listed, and in which order. */
export interface Listing<Row> {
  /** ANDed. Default: all rows of the scope. */
  readonly conditions?: BatchQuerier<Row>['conditions'];
  /** The primary key is always appended. */
  readonly orders?: readonly QueryOrder<Row>[];
}

/** All rows that match, as one statement without pages: for a cursor of the database. `most` null means all. */
export function compileListing<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  { conditions = [], orders = [] }: Listing<Row>,
  most: number | null,
  { restriction, limits = defaultLimits }: Pick<SearchContext, 'restriction' | 'limits'>,
): { readonly sql: string; readonly values: readonly (string | null)[] } {
  const writer = new SqlWriter();
  const filter = compileFilter(shape, scope, conditions, restriction, writer, limits);
  if (!Array.isArray(orders)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', '/orders');
  const keys = totalOrder(ownRows(shape), orders as readonly QueryOrder<Row>[], visibleBehind(scope), writer);
  // Nothing is merged here: an order needs no column of its own.
  const order = orderList(keys, ({ sql }) => sql);
  const limit = most === null ? '' : ` LIMIT ${writer.text(String(most), 'int8')}`;
  const from = joinedTable(shape.table, keys);
  return {
    sql: `SELECT ${shape.list} FROM ${from} WHERE ${filter.sql} ORDER BY ${order}${limit}`,
    values: writer.values,
  };
}
