import type { SqlWriter } from '../entity/sql-writer.js';
import { orderList, reversed } from '../order/compile-order.js';
import type { OrderKey } from '../order/order-key.js';
import type { Total } from '../page/pagination.js';
import { type PositionParameters, seekRanges } from './seek.js';

/** How many rows match in all, as a scalar subquery. Counting stops one behind the most that is asked for. */
export function compileTotal(from: string, filter: string, total: Exclude<Total, 'none'>, writer: SqlWriter): string {
  if (total === 'exact') return `(SELECT count(*) FROM ${from} WHERE ${filter})`;
  const most = writer.text(String(total.atMost + 1), 'int8');
  return `(SELECT count(*) FROM (SELECT FROM ${from} WHERE ${filter} LIMIT ${most}) s)`;
}

/**
 * Whether there is a row at or before a position, as 1 or 0: one look at each range of the reversed order, until one has
 * a row. Without the ORDER BY the planner would not see that the order's index is the way.
 */
export function compileAgainst(
  from: string,
  filter: string,
  keys: readonly OrderKey[],
  position: PositionParameters,
): string {
  const back = reversed(keys);
  const order = orderList(back, ({ sql }) => sql);
  const looks = seekRanges(back, position, true).map(
    (range) => `(SELECT 1 FROM ${from} WHERE ${filter} AND ${range} ORDER BY ${order} LIMIT 1)`,
  );
  return `coalesce(${looks.join(', ')}, 0)`;
}
