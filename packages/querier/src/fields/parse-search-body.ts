import { InvalidInput } from '@holdfast/errors';
import type { AskedSearch } from './asked-search.js';
import { ConditionReader } from './condition-reader.js';
import type { AllowlistOf } from './field.js';
import { askedOrder, readOrders } from './read-order.js';
import { searchObject, withoutNulls } from './search-object.js';

/** Reads a search from a JSON body. Throws InvalidInput. */
export function parseSearchBody<Row>(allowlist: AllowlistOf<Row>, body: unknown): AskedSearch<Row> {
  const { filter, order = [], total = 'none', ...page } = searchObject(body);
  if (!Array.isArray(order) || !order.every((one) => typeof one === 'string')) {
    throw new InvalidInput('INVALID_ORDER', 'An order is a list of field names.', '/order');
  }
  return {
    conditions: filter === undefined ? [] : [new ConditionReader(allowlist).read(filter, '/filter')],
    orders: readOrders(
      allowlist,
      order.map((one, index) => askedOrder(one, `/order/${index}`)),
    ),
    page: withoutNulls(page, ['after', 'before']),
    total,
  };
}
