import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from '../condition/condition.js';
import type { QueryOrder } from '../order/order.js';
import { checkedPagination, checkedTotal, type Pagination, type Total } from '../page/pagination.js';
import { withOrigin } from '../plain-data/origin.js';
import { batchQuerier, type BatchQuerier } from '../search/batch-querier.js';

/** What a request asks for, read but for its page and its total. */
export interface AskedSearch<Row> {
  readonly conditions: readonly QueryCondition<Row>[];
  readonly orders: readonly QueryOrder<Row>[];
  /** What was given of first, after, last, before, limit and offset. */
  readonly page: Readonly<Record<string, unknown>>;
  /** `none`, `exact`, or a number to count up to. */
  readonly total: unknown;
}

/** What holds for every search of a field set. */
export interface SearchDefaults {
  readonly maxPageSize: number;
  readonly measureBoth: boolean;
  readonly bindConditions: boolean;
  /** Whether all cursors are encrypted. */
  readonly confidential: boolean;
}

/** Rows of the page when a request names none, unless fewer are allowed. */
const DEFAULT_SIZE = 20;

/** The querier of a request. Pointers are `prefix` and the member's name. Throws InvalidInput. */
export function askedQuerier<Row>(
  asked: AskedSearch<Row>,
  defaults: SearchDefaults,
  prefix: string,
): BatchQuerier<Row> {
  const { maxPageSize, ...flags } = defaults;
  const pagination = checkedPagination(paginationOf(asked.page, maxPageSize), maxPageSize, prefix);
  const pointers = { after: `${prefix}after`, before: `${prefix}before` };
  for (const name of ['after', 'before'] as const) {
    const cursor = ({ ...pagination } as Readonly<Record<string, unknown>>)[name] ?? null;
    if (cursor !== null && typeof cursor !== 'string') {
      throw new InvalidInput('INVALID_CURSOR', 'A cursor is a text.', pointers[name]);
    }
  }
  return batchQuerier<Row>({
    conditions: asked.conditions,
    orders: asked.orders,
    pagination: withOrigin(pagination, pointers),
    total: checkedTotal(totalOf(asked.total, `${prefix}total`), prefix),
    ...flags,
  });
}

/** The page that is asked for, or the default one. `offset` alone is refused with the rest of half-given pages. */
function paginationOf(given: AskedSearch<unknown>['page'], maxPageSize: number): Pagination {
  if (Object.keys(given).length === 0) return { first: Math.min(DEFAULT_SIZE, maxPageSize) };
  const offset = given['limit'] !== undefined && given['offset'] === undefined ? { offset: 0 } : {};
  return { ...offset, ...given } as unknown as Pagination;
}

function totalOf(given: unknown, pointer: string): Total {
  if (given === 'none' || given === 'exact') return given;
  if (Number.isSafeInteger(given) && (given as number) > 0) return { atMost: given as number };
  throw new InvalidInput('INVALID_PAGINATION', 'A total is none, exact or a number.', pointer);
}
