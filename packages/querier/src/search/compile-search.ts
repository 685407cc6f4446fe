import { InvalidInput, Misuse } from '@holdfast/errors';
import type { BatchQuerier } from './batch-querier.js';
import { compileCondition } from '../condition/compile-condition.js';
import { type OrderKey, orderList, reversed, totalOrder } from '../order/compile-order.js';
import { compileScope } from '../scope/compile-scope.js';
import type { Cursor } from '../page/cursor.js';
import type { CursorBinding, CursorCodec } from '../page/cursor-codec.js';
import { SearchBinding } from './search-binding.js';
import type { EntityShape } from '../entity/entity-shape.js';
import { defaultLimits, type QueryLimits } from '../plain-data/limits.js';
import { originOf } from '../plain-data/origin.js';
import { checkedPagination, checkedTotal, type Pagination, type Total } from '../page/pagination.js';
import type { Scope } from '../scope/scope.js';
import { seekRanges } from './seek.js';
import { SqlWriter } from '../entity/sql-writer.js';

export interface SearchContext {
  /** What every search of the entity is restricted to besides its scope, as SQL, e.g. to rows that are not deleted.
   * It must be able to stand in an AND without brackets. */
  readonly restriction: string | null;
  /** Null where the application has no codec: pages by cursor are refused. */
  readonly cursors: CursorCodec | null;
  readonly limits?: QueryLimits;
}

/** One statement that reads a page, and what is needed to make the page of its rows. */
export interface PageStatement {
  readonly sql: string;
  readonly values: readonly (string | null)[];
  /** Whether a count comes before the columns of the shape. */
  readonly counts: boolean;
  /** Which columns are the order's keys, as positions in the shape's columns; none where there are no cursors to make of them. */
  readonly keys: readonly number[];
  readonly pagination: Pagination;
  readonly total: Total;
  /** What cursors to its rows are bound to. */
  readonly binding: CursorBinding;
  readonly cursors: CursorCodec | null;
}

/** A search as one statement: page, the extra row that tells whether there is more, and the total if asked for. */
export function compileSearch<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  querier: BatchQuerier<Row>,
  context: SearchContext,
): PageStatement {
  const limits = context.limits ?? defaultLimits;
  const pagination = checkedPagination(querier.pagination, limits.maxPageSize);
  const writer = new SqlWriter();
  const filter = compileFilter(shape, scope, querier, context, writer, limits);
  const keys = totalOrder(shape, membersOf(querier.orders, '/orders'));
  const byCursor = 'first' in pagination || 'last' in pagination;
  const binding = new SearchBinding(shape.name, keys, filter, writer.values);
  if (byCursor && context.cursors === null) {
    throw new Misuse('Pages by cursor need a CursorCodec: give one to the Database.');
  }

  const backward = 'last' in pagination;
  const direction = backward ? reversed(keys) : keys;
  const head = `SELECT ${shape.list} FROM ${shape.table} WHERE ${filter}`;
  const tail = ` ORDER BY ${orderList(direction)}${limitClause(pagination, writer)}`;
  const cursor = cursorOf(pagination);
  const at = backward ? 'before' : 'after';
  const pointer = originOf(querier.pagination, at, `/${at}`);
  // A cursor that is empty is refused like any other that is not ours: it is not page one.
  const page =
    cursor === null
      ? head + tail
      : seekPage(head, tail, direction, context.cursors!.decode(binding, cursor, keys.length, pointer), writer);
  const total = checkedTotal(querier.total);
  return {
    sql: total === 'none' ? page : withTotal(shape, filter, total, page, direction, writer),
    values: writer.values,
    counts: total !== 'none',
    keys: context.cursors === null ? [] : positionsOf(shape, keys),
    pagination,
    total,
    binding,
    cursors: context.cursors,
  };
}

function positionsOf(shape: EntityShape, keys: readonly OrderKey[]): readonly number[] {
  const columns = [...shape.columns.values()];
  return keys.map(({ column }) => columns.indexOf(column));
}

/** Scope, restriction and conditions of a search, as one SQL expression. */
export function compileFilter<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  querier: Pick<BatchQuerier<Row>, 'conditions'>,
  context: Pick<SearchContext, 'restriction'>,
  writer: SqlWriter,
  limits: QueryLimits = defaultLimits,
): string {
  const parts = [compileScope(shape, scope, writer)];
  if (context.restriction !== null) parts.push(context.restriction);
  for (const [index, condition] of membersOf(querier.conditions, '/conditions').entries()) {
    parts.push(compileCondition(shape, condition, writer, limits, `/conditions/${index}`));
  }
  return parts.filter((part) => part !== 'TRUE').join(' AND ') || 'TRUE';
}

/** One range is a plain page; several are read by index each and merged, in an order that SQL promises. */
function seekPage(
  head: string,
  tail: string,
  keys: readonly OrderKey[],
  position: readonly (string | null)[],
  writer: SqlWriter,
): string {
  const ranges = seekRanges(keys, position, writer);
  if (ranges.length === 0) return `${head} AND FALSE${tail}`;
  if (ranges.length === 1) return `${head} AND ${ranges[0]!}${tail}`;
  return `SELECT * FROM (${ranges.map((range) => `(${head} AND ${range}${tail})`).join(' UNION ALL ')}) u${tail}`;
}

/** A LIMIT is part of the shape: for a parameter the planner would assume a tenth of the table. */
function limitClause(pagination: Pagination, writer: SqlWriter): string {
  if ('noPagination' in pagination) return '';
  if ('limit' in pagination) {
    const offset = pagination.offset === 0 ? '' : ` OFFSET ${writer.text(String(pagination.offset), 'int8')}`;
    return ` LIMIT ${pagination.limit + 1}${offset}`;
  }
  return ` LIMIT ${('first' in pagination ? pagination.first : pagination.last) + 1}`;
}

/** The page joined to its count, so that both come from one snapshot, and the count even when the page is empty. */
function withTotal(
  shape: EntityShape,
  filter: string,
  total: Exclude<Total, 'none'>,
  page: string,
  keys: readonly OrderKey[],
  writer: SqlWriter,
): string {
  const counted =
    total === 'exact'
      ? `SELECT count(*) AS n FROM ${shape.table} WHERE ${filter}`
      : `SELECT count(*) AS n FROM (SELECT FROM ${shape.table} WHERE ${filter} LIMIT ${writer.text(String(total.atMost + 1), 'int8')}) s`;
  const list = Array.from(shape.columns.values(), ({ sql }) => `p.${sql}`).join(', ');
  return `SELECT t.n, ${list} FROM (${counted}) t LEFT JOIN (${page}) p ON TRUE ORDER BY ${orderList(keys, 'p.')}`;
}

function cursorOf(pagination: Pagination): Cursor | null {
  return ('first' in pagination ? pagination.after : 'last' in pagination ? pagination.before : null) ?? null;
}

/** A list of a querier, which may come from somewhere that knows no types. */
function membersOf<Member>(list: readonly Member[], pointer: string): readonly Member[] {
  if (!Array.isArray(list)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
  return list as readonly Member[];
}
