import { InvalidInput } from '@holdfast/errors';
import { batchQuerier, type BatchQuerier } from '../search/batch-querier.js';
import { escapePointer } from '../condition/compile-condition.js';
import type { FieldReader } from './field-reader.js';
import type { Pagination, Total } from '../page/pagination.js';

/** Rows of the page when a request names none, unless fewer are allowed. */
const DEFAULT_SIZE = 20;

const members: ReadonlySet<string> = new Set([
  'filter',
  'order',
  'total',
  'first',
  'after',
  'last',
  'before',
  'limit',
  'offset',
]);

/** Reads a search from a JSON body. */
export function parseSearchBody<Row>(fields: FieldReader<Row>, body: unknown): BatchQuerier<Row> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidInput('INVALID_JSON', 'A search is a JSON object.', '');
  }
  const stray = Object.keys(body).find((name) => !members.has(name));
  if (stray !== undefined)
    throw new InvalidInput('UNKNOWN_PARAMETER', `A search has no member ${stray}.`, `/${escapePointer(stray)}`);
  const { filter, order = [], total = 'none', ...pagination } = body as Record<string, unknown>;
  if (!Array.isArray(order) || !order.every((one) => typeof one === 'string')) {
    throw new InvalidInput('INVALID_ORDER', 'An order is a list of field names.', '/order');
  }
  return batchQuerier<Row>({
    conditions: filter === undefined ? [] : [fields.parseCondition(filter, '/filter')],
    orders: order.map((one, index) => fields.parseOrder(one, `/order/${index}`)),
    pagination: paginationOf(pagination, fields.limits.maxPageSize),
    total: totalOf(total, '/total'),
  });
}

/** The page that is asked for, or the default one. `offset` alone is refused with the rest of half-given pages. */
export function paginationOf(given: Readonly<Record<string, unknown>>, maxPageSize: number): Pagination {
  if (Object.keys(given).length === 0) return { first: Math.min(DEFAULT_SIZE, maxPageSize) };
  const offset = given['limit'] !== undefined && given['offset'] === undefined ? { offset: 0 } : {};
  return { ...offset, ...given } as unknown as Pagination;
}

/** `none`, `exact`, or a number to count up to. */
export function totalOf(given: unknown, pointer: string): Total {
  if (given === 'none' || given === 'exact') return given;
  if (Number.isSafeInteger(given) && (given as number) > 0) return { atMost: given as number };
  throw new InvalidInput('INVALID_PAGINATION', 'A total is none, exact or a number.', pointer);
}
