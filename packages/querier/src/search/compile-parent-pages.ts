import { InvalidInput } from '@holdfast/errors';
import type { EntityShape } from '../entity/entity-shape.js';
import { ownRows } from '../entity/row-source.js';
import { SqlWriter } from '../entity/sql-writer.js';
import { joinedTable, orderList } from '../order/order-list.js';
import { reversed, totalOrder } from '../order/total-order.js';
import { isOrderable } from '../entity/column-type.js';
import { checkedPagination, checkedTotal } from '../page/pagination.js';
import { checkSize, defaultLimits } from '../plain-data/limits.js';
import type { Scope } from '../scope/scope.js';
import { visibleBehind } from '../scope/visible-behind.js';
import type { BatchQuerier } from './batch-querier.js';
import { compileFilter } from './compile-filter.js';
import { compileSearch } from './compile-search.js';
import { compileTotal } from './compile-total.js';
import { limitClause } from './limit-clause.js';
import type { AssembledPage, PageStatement } from './page-statement.js';
import type { SearchContext } from './search-context.js';
import { selectedColumns } from './selected-columns.js';

/** One statement that reads a page for each of many parents. */
export interface ParentPagesStatement extends Pick<PageStatement, 'sql' | 'values' | 'extra' | 'keys'> {
  /** Whether a total comes behind the parent's place. */
  readonly counts: boolean;
  /** What is needed to make the page of one parent's rows: it goes on as a search with the parent as a condition. */
  pageOf(parent: unknown): AssembledPage;
}

/**
 * The first page of each parent's rows, whose column `by` says whose they are, in one statement: a look at the index for
 * each parent (LATERAL, PostgreSQL 7.2.1.5), and never a LIMIT for all of them together. Before the columns stands the
 * parent's place in the list, from 1 on. Throws InvalidInput for a page that goes on from a cursor.
 */
export function compileParentPages<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  by: keyof Row & string,
  parents: readonly unknown[],
  querier: BatchQuerier<Row>,
  context: SearchContext,
): ParentPagesStatement {
  const column = shape.columns.get(by);
  if (column === undefined || !isOrderable(column.type)) {
    throw new InvalidInput('UNKNOWN_FIELD', `There is no field ${by} to tell parents by.`, '/by');
  }
  const { cursors } = context;
  const limits = context.limits ?? defaultLimits;
  checkSize(limits, parents, '/parents');
  const pagination = checkedPagination(querier.pagination, limits.maxPageSize);
  const total = checkedTotal(querier.total);
  const { after, before } = pagination as { after?: unknown; before?: unknown };
  if ((after ?? before ?? null) !== null) {
    throw new InvalidInput(
      'INVALID_PAGINATION',
      'A cursor goes on with one parent: search with it as a condition.',
      '/after',
    );
  }

  const writer = new SqlWriter();
  const list = writer.list(column.type, parents, '/parents');
  const filter = compileFilter(shape, scope, querier.conditions, context.restriction, writer, limits);
  const rows = ownRows(shape);
  if (!Array.isArray(querier.orders)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', '/orders');
  const keys = totalOrder(rows, querier.orders, visibleBehind(scope), writer);
  const direction = 'last' in pagination ? reversed(keys) : keys;
  const { list: selected, extra, keys: positions } = selectedColumns(shape, keys, context);
  const where = `${filter.sql} AND ${column.sql} = "#p".value`;
  const page = `SELECT ${selected} FROM ${joinedTable(shape.table, keys)} WHERE ${where} ORDER BY ${orderList(direction)}${limitClause(pagination, writer)}`;
  const count = total === 'none' ? '' : `, ${compileTotal(shape.table, where, total, writer)} AS total`;
  const columns = Array.from([...shape.selected, ...extra], ({ sql }) => `p.${sql}`).join(', ');
  const order = orderList(direction, ({ alias, sql }) => `p.${alias ?? sql}`);
  return {
    sql:
      `SELECT "#p".place${count}, ${columns} FROM unnest(${list}) WITH ORDINALITY "#p"(value, place)` +
      ` LEFT JOIN LATERAL (${page}) p ON TRUE ORDER BY "#p".place, ${order}`,
    values: writer.values,
    extra,
    keys: cursors === null ? [] : positions,
    counts: total !== 'none',
    pageOf: (parent) => ({
      pagination,
      total,
      leads: total === 'none' ? [] : ['total'],
      cursors,
      // As the search that goes on with it would be; not before a cursor is asked for.
      get binding() {
        const own = { [by]: { eq: parent } } as BatchQuerier<Row>['conditions'][number];
        const conditions = [...querier.conditions, own];
        return compileSearch(shape, scope, { ...querier, conditions }, context).binding;
      },
    }),
  };
}
