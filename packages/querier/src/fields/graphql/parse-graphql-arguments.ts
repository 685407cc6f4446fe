import { InvalidInput } from '@holdfast/errors';
import { isPlainObject } from '../../plain-data/plain-object.js';
import type { AskedSearch } from '../asked-search.js';
import { ConditionReader } from '../condition-reader.js';
import type { AllowlistOf } from '../field.js';
import { type AskedOrder, readOrders } from '../read-order.js';
import { pageMembers, searchObject, withoutNulls } from '../search-object.js';

const directions: Readonly<Record<string, boolean>> = { ASC: false, DESC: true };
const placements: Readonly<Record<string, 'first' | 'last'>> = { FIRST: 'first', LAST: 'last' };

/** Reads a search from the arguments of a GraphQL field. Throws InvalidInput. */
export function parseGraphqlArguments<Row>(allowlist: AllowlistOf<Row>, args: unknown): AskedSearch<Row> {
  const { filter, order = [], total, ...page } = searchObject(args);
  if (!Array.isArray(order)) throw new InvalidInput('INVALID_ORDER', 'An order is a list.', '/order');
  return {
    conditions: filter === undefined ? [] : [new ConditionReader(allowlist).read(filter, '/filter')],
    orders: readOrders(allowlist, order.map(askedGraphqlOrder)),
    page: withoutNulls(page, pageMembers),
    total: totalOf(total ?? null),
  };
}

function askedGraphqlOrder(json: unknown, index: number): AskedOrder {
  const pointer = `/order/${index}`;
  const { by, direction = 'ASC', nulls = null, ...others } = isPlainObject(json) ? json : {};
  const isKnown = typeof by === 'string' && typeof direction === 'string' && Object.hasOwn(directions, direction);
  const isPlaced = nulls === null || (typeof nulls === 'string' && Object.hasOwn(placements, nulls));
  if (!isKnown || !isPlaced || Object.keys(others).length > 0) {
    throw new InvalidInput('INVALID_ORDER', 'An order is a field, a direction, and a placement of NULLs.', pointer);
  }
  return { name: by, descending: directions[direction]!, nulls: nulls === null ? null : placements[nulls]!, pointer };
}

/** `{ exact: true }` or `{ atMost: 1000 }`. */
function totalOf(json: unknown): unknown {
  if (json === null) return 'none';
  const { exact = null, atMost = null, ...others } = isPlainObject(json) ? json : { none: true };
  const isOne = Object.keys(others).length === 0 && (exact === null) !== (atMost === null);
  if (isOne && typeof (exact ?? true) === 'boolean') return exact === null ? atMost : exact ? 'exact' : 'none';
  throw new InvalidInput('INVALID_PAGINATION', 'A total is exact, or at most a number.', '/total');
}
