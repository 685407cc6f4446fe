import { InvalidInput, Misuse } from '@holdfast/errors';
import type { ColumnShape, EntityShape } from '../entity/entity-shape.js';
import { ownRows } from '../entity/row-source.js';
import { SqlWriter } from '../entity/sql-writer.js';
import { joinedTable, orderList } from '../order/order-list.js';
import { reversed, totalOrder } from '../order/total-order.js';
import type { OrderKey } from '../order/order-key.js';
import type { Cursor } from '../page/cursor.js';
import type { CursorCodec } from '../page/cursor-codec.js';
import { type CheckedPagination, checkedPagination, checkedTotal } from '../page/pagination.js';
import { defaultLimits } from '../plain-data/limits.js';
import { originOf } from '../plain-data/origin.js';
import type { Scope } from '../scope/scope.js';
import { visibleBehind } from '../scope/visible-behind.js';
import type { BatchQuerier } from './batch-querier.js';
import { BoundText } from './bound-text.js';
import { compileFilter } from './compile-filter.js';
import { compileAgainst, compileAny } from './compile-against.js';
import { compileTotal } from './compile-total.js';
import { limitClause } from './limit-clause.js';
import type { PageLead, PageStatement } from './page-statement.js';
import type { SearchContext } from './search-context.js';
import { SearchBinding } from './search-binding.js';
import { selectedColumns } from './selected-columns.js';
import { bindPosition, type PositionParameters, seekRanges } from './seek.js';

/** A search as one statement: page, the extra row that tells whether there is more, and the total if asked for. */
export function compileSearch<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  querier: BatchQuerier<Row>,
  context: SearchContext,
): PageStatement {
  const limits = context.limits ?? defaultLimits;
  const pagination = checkedPagination(querier.pagination, limits.maxPageSize);
  const total = checkedTotal(querier.total);
  const writer = new SqlWriter();
  const filter = compileFilter(shape, scope, querier.conditions, context.restriction, writer, limits);
  const bound = querier.bindConditions === false ? filter.scopeValues : writer.values.length;
  const boundSql = querier.bindConditions === false ? filter.scope : filter.sql;
  if (!Array.isArray(querier.orders)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', '/orders');
  const filterValues = writer.values.length;
  const keys = totalOrder(ownRows(shape), querier.orders, visibleBehind(scope), writer);
  const boundText = new BoundText({
    entity: shape.name,
    table: shape.table,
    keys,
    sql: boundSql,
    values: bound,
    orderValues: [filterValues, writer.values.length],
  });
  const binding = new SearchBinding(boundText, writer.values, querier.confidential === true);
  const columns = selectedColumns(shape, keys, context);

  const backward = 'last' in pagination;
  const direction = backward ? reversed(keys) : keys;
  const at = backward ? 'before' : 'after';
  const pointer = originOf(querier.pagination, at, `/${at}`);
  const position = positionOf(pagination, binding, direction, context.cursors, writer, pointer);
  const from = joinedTable(shape.table, keys);
  const head = `SELECT ${columns.list} FROM ${from} WHERE ${filter.sql}`;
  const order = orderList(direction);
  const tail = ` ORDER BY ${order}${limitClause(pagination, writer)}`;
  const page = position === null ? head + tail : seekPage(head, tail, direction, position);

  const leads = new Map<PageLead, string>();
  if (total !== 'none') leads.set('total', compileTotal(shape.table, filter.sql, total, writer));
  if (querier.measureBoth === true) {
    if (position !== null) leads.set('against', compileAgainst(from, filter.sql, direction, position));
    else if ('limit' in pagination && pagination.offset > 0) leads.set('against', compileAny(shape.table, filter.sql));
  }
  return {
    sql: leads.size === 0 ? page : withLeads(leads, shape, columns.extra, page, direction),
    values: writer.values,
    leads: [...leads.keys()],
    extra: columns.extra,
    keys: context.cursors === null ? [] : columns.keys,
    order,
    bound: boundText,
    pagination,
    total,
    binding,
    cursors: context.cursors,
  };
}

/** The position that a page goes on from. A cursor that is empty is refused like any other that is not ours: it is not page one. */
function positionOf(
  pagination: CheckedPagination,
  binding: SearchBinding,
  keys: readonly OrderKey[],
  cursors: CursorCodec | null,
  writer: SqlWriter,
  pointer: string,
): PositionParameters | null {
  if (!('first' in pagination) && !('last' in pagination)) return null;
  if (cursors === null) throw new Misuse('Pages by cursor need a CursorCodec: give one to the Database.');
  const cursor: Cursor | null | undefined = 'last' in pagination ? pagination.before : pagination.after;
  if (cursor === null || cursor === undefined) return null;
  const position = cursors.decode(binding, cursor, keys.length, pointer);
  return bindPosition(keys, position, writer);
}

/** One range is a plain page; several are read by index each and merged, in an order that SQL promises. */
function seekPage(head: string, tail: string, keys: readonly OrderKey[], position: PositionParameters): string {
  const ranges = seekRanges(keys, position);
  if (ranges.length === 0) return `${head} AND FALSE${tail}`;
  if (ranges.length === 1) return `${head} AND ${ranges[0]!}${tail}`;
  return `SELECT * FROM (${ranges.map((range) => `(${head} AND ${range}${tail})`).join(' UNION ALL ')}) u${tail}`;
}

/** The page joined to its numbers, so that all come from one snapshot, and the numbers even when the page is empty. */
function withLeads(
  leads: ReadonlyMap<PageLead, string>,
  shape: EntityShape,
  extra: readonly ColumnShape[],
  page: string,
  keys: readonly OrderKey[],
): string {
  const list = Array.from([...shape.selected, ...extra], ({ sql }) => `p.${sql}`).join(', ');
  const numbers = Array.from(leads, ([name, sql]) => `${sql} AS "#${name}"`).join(', ');
  const names = Array.from(leads.keys(), (name) => `l."#${name}"`).join(', ');
  const order = orderList(keys, ({ alias, sql }) => `p.${alias ?? sql}`);
  return `SELECT ${names}, ${list} FROM (SELECT ${numbers}) l LEFT JOIN (${page}) p ON TRUE ORDER BY ${order}`;
}
