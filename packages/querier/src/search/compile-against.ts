import { orderList } from '../order/order-list.js';
import { reversed } from '../order/total-order.js';
import type { OrderKey } from '../order/order-key.js';
import { type PositionParameters, seekRanges } from './seek.js';

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

/** Whether any row matches, as 1 or 0: where rows were passed over, those are before the page. */
export function compileAny(table: string, filter: string): string {
  return `coalesce((SELECT 1 FROM ${table} WHERE ${filter} LIMIT 1), 0)`;
}
