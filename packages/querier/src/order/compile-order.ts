import { InvalidInput } from '@holdfast/errors';
import { isOrderable } from '../entity/column-type.js';
import type { ColumnShape, EntityShape } from '../entity/entity-shape.js';
import type { QueryOrder } from './order.js';
import { plainObject } from '../plain-data/plain-object.js';

/** One key of a total order, with everything decided. */
export interface OrderKey {
  readonly column: ColumnShape;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** The orders with the primary key appended, in the direction of the last one: a total order. Throws InvalidInput. */
export function totalOrder<Row>(shape: EntityShape, orders: readonly QueryOrder<Row>[]): readonly OrderKey[] {
  const keys = Array.from(orders, (order, index) => orderKey(shape, order, `/orders/${index}`));
  keys.forEach(({ column }, index) => {
    if (keys.findIndex((key) => key.column === column) !== index) {
      throw new InvalidInput('INVALID_ORDER', `${column.property} is ordered by twice.`, `/orders/${index}`);
    }
  });
  const descending = keys.at(-1)?.descending ?? false;
  for (const column of shape.primaryKey) {
    if (!keys.some((key) => key.column === column)) keys.push({ column, descending, nullsFirst: descending });
  }
  return keys;
}

function orderKey<Row>(shape: EntityShape, order: QueryOrder<Row>, pointer: string): OrderKey {
  const { by, dir = 'asc', nulls } = plainObject(order, pointer) as unknown as QueryOrder<Row>;
  const column = shape.columns.get(by);
  if (column === undefined || !isOrderable(column.type)) {
    throw new InvalidInput('INVALID_ORDER', `Nothing can be ordered by ${String(by)}.`, pointer);
  }
  if ((dir !== 'asc' && dir !== 'desc') || (nulls !== undefined && nulls !== 'first' && nulls !== 'last')) {
    throw new InvalidInput('INVALID_ORDER', 'An order is asc or desc, with nulls first or last.', pointer);
  }
  const descending = dir === 'desc';
  return { column, descending, nullsFirst: nulls === undefined ? descending : nulls === 'first' };
}

/** The same order from its end. */
export function reversed(keys: readonly OrderKey[]): readonly OrderKey[] {
  return keys.map(({ column, descending, nullsFirst }) => ({
    column,
    descending: !descending,
    nullsFirst: !nullsFirst,
  }));
}

/** The ORDER BY list. Placement of NULLs is only written where it matters, so that plain indexes serve the order. */
export function orderList(keys: readonly OrderKey[], qualifier = ''): string {
  return keys
    .map(({ column, descending, nullsFirst }) => {
      const placement =
        column.nullable && nullsFirst !== descending ? (nullsFirst ? ' NULLS FIRST' : ' NULLS LAST') : '';
      return `${qualifier}${column.sql}${descending ? ' DESC' : ''}${placement}`;
    })
    .join(', ');
}
