import type { EntityShape } from '../entity/entity-shape.js';
import type { TextParts } from '../entity/text-parts.js';
import { isPlainObject } from '../plain-data/plain-object.js';

/** Orders that are taken at most: what is longer would be kept for long, and seldom comes again. */
const MOST = 8;

/** Orders as parts of their text. False for what is not plain columns, and for what `totalOrder` has to refuse. */
export function orderParts(shape: EntityShape, orders: unknown, into: TextParts): boolean {
  if (!Array.isArray(orders) || orders.length > MOST) return false;
  for (const order of orders as unknown[]) {
    if (!isPlainObject(order)) return false;
    const { by, dir = 'asc', nulls, confidential, fewTies } = order;
    const column = typeof by === 'string' ? shape.columns.get(by) : undefined;
    if (column === undefined || (dir !== 'asc' && dir !== 'desc')) return false;
    if (nulls !== undefined && nulls !== 'first' && nulls !== 'last') return false;
    const descending = dir === 'desc';
    const nullsFirst = nulls === undefined ? descending : nulls === 'first';
    into.and(column);
    into.and(
      (descending ? 1 : 0) | (nullsFirst ? 2 : 0) | (confidential === true ? 4 : 0) | (fewTies === true ? 8 : 0),
    );
  }
  return true;
}
