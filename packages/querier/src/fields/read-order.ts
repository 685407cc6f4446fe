import { InvalidInput } from '@holdfast/errors';
import type { QueryOrder } from '../order/order.js';
import { withOrigin } from '../plain-data/origin.js';
import type { AllowlistOf, FieldOrder } from './field.js';
import { shown } from '../plain-data/shown.js';

/** An order as a request asks for it. */
export interface AskedOrder {
  readonly name: string;
  readonly descending: boolean;
  /** Null where nothing was said. */
  readonly nulls: 'first' | 'last' | null;
  readonly pointer: string;
}

const form = /^(-?)([^:]*)(?::nulls(First|Last))?$/;

/** `name`, `-name`, `name:nullsFirst`, `-name:nullsLast`. Throws InvalidInput. */
export function askedOrder(text: string, pointer: string): AskedOrder {
  const match = form.exec(text);
  if (match === null) {
    throw new InvalidInput('INVALID_ORDER', 'An order is a field: name, -name, -name:nullsLast.', pointer);
  }
  const [, minus, name, placement] = match;
  const nulls = placement === undefined ? null : placement === 'First' ? 'first' : 'last';
  return { name: name!, descending: minus === '-', nulls, pointer };
}

/** The orders that are asked for. Throws InvalidInput for a field that is not ordered by, and for one that is named twice. */
export function readOrders<Row>({ fields }: AllowlistOf<Row>, asked: Iterable<AskedOrder>): readonly QueryOrder<Row>[] {
  const seen = new Set<FieldOrder['by']>();
  const orders: QueryOrder<Row>[] = [];
  for (const { name, descending, nulls, pointer } of asked) {
    const order = fields.get(name)?.order ?? null;
    if (order === null) {
      throw new InvalidInput('INVALID_ORDER', `Nothing can be ordered by ${shown(name)}.`, pointer);
    }
    if (seen.has(order.by)) throw new InvalidInput('INVALID_ORDER', `${name} is ordered by twice.`, pointer);
    seen.add(order.by);
    const read = {
      by: order.by,
      dir: descending ? 'desc' : 'asc',
      ...(nulls === null ? {} : { nulls }),
      ...(order.confidential ? { confidential: true } : {}),
      ...(order.fewTies ? { fewTies: true } : {}),
    };
    orders.push(withOrigin(read as unknown as QueryOrder<Row>, { by: pointer }));
  }
  return orders;
}
