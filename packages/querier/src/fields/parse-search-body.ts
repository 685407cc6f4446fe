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
    page: pageOf(page),
    total,
  };
}

/** A cursor may be null, as clients have it that begin; a size may not. */
function pageOf(members: object): AskedSearch<unknown>['page'] {
  const page = withoutNulls(members, ['after', 'before']);
  const empty = Object.keys(page).find((name) => page[name] === null);
  if (empty !== undefined) throw new InvalidInput('INVALID_PAGINATION', `${empty} has no value.`, `/${empty}`);
  return page;
}
