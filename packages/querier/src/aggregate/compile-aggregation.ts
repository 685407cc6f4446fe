import { InvalidInput } from '@holdfast/errors';
import { compileCondition } from '../condition/compile-condition.js';
import { isOrderable } from '../entity/column-type.js';
import type { ColumnShape, EntityShape } from '../entity/entity-shape.js';
import { ownRows } from '../entity/row-source.js';
import { SqlWriter } from '../entity/sql-writer.js';
import type { KeysOfKind } from '../entity/row-kinds.js';
import { orderList } from '../order/order-list.js';
import { totalOrder } from '../order/total-order.js';
import { defaultLimits } from '../plain-data/limits.js';
import { everything } from '../scope/everything.js';
import type { Scope } from '../scope/scope.js';
import { compileFilter } from '../search/compile-filter.js';
import type { SearchContext } from '../search/search-context.js';
import type { Aggregation, Figures } from './aggregation.js';
import { figureColumns } from './figure-columns.js';

/** One statement that makes the figures of groups in the database. */
export interface AggregationStatement {
  readonly sql: string;
  readonly values: readonly (string | null)[];
  /** What it returns: the columns of `groupBy`, then the figures. */
  readonly columns: readonly ColumnShape[];
  /** Groups that there may be; one more is read to tell. Null where only the first are wanted. */
  readonly maxGroups: number | null;
}

/**
 * Compiles an aggregation, within the scope as a search is. A group is a row of its own to what `having` and `orders` ask:
 * its columns are those of `groupBy` and the figures. Throws InvalidInput.
 */
export function compileAggregation<Row, By extends KeysOfKind<Row, 'scalar'>, Select extends Figures<Row>>(
  shape: EntityShape,
  scope: Scope<Row>,
  aggregation: Aggregation<Row, By, Select>,
  { restriction, limits = defaultLimits }: Pick<SearchContext, 'restriction' | 'limits'>,
): AggregationStatement {
  const { conditions = [], having = [], orders = [], first } = aggregation;
  const shared = sharedColumns(shape, listOf(aggregation.groupBy ?? [], '/groupBy'));
  const figures = figureColumns(shape, aggregation.select);
  const taken = figures.find(({ property }) => shared.some((column) => column.property === property));
  if (taken !== undefined) {
    throw new InvalidInput('INVALID_VALUE', `A group has a column ${taken.property} already.`, '/select');
  }
  const columns = [...shared, ...figures];
  if (columns.length === 0) throw new InvalidInput('MISSING_VALUE', 'A group of no figures is none.', '/select');
  const maxGroups = size(aggregation.maxGroups ?? limits.maxPageSize, 'maxGroups', limits.maxListLength);
  const most = first === undefined ? maxGroups + 1 : size(first, 'first', limits.maxListLength);

  const writer = new SqlWriter();
  const filter = compileFilter(shape, scope, conditions, restriction, writer, limits);
  const group = groupShape(shape, columns, shared);
  const kept = listOf(having, '/having')
    .map((condition, i) => compileCondition(group, condition as object, everything, writer, limits, `/having/${i}`))
    .filter((sql) => sql !== 'TRUE');
  const keys = totalOrder(ownRows(group), listOf(orders, '/orders') as never[], everything, writer);

  const list = columns.map(({ sql }, i) => `${sql} AS "#g${i}"`).join(', ');
  const parts = [`SELECT ${list} FROM ${shape.table} WHERE ${filter.sql}`];
  if (shared.length > 0) parts.push(`GROUP BY ${shared.map(({ sql }) => sql).join(', ')}`);
  if (kept.length > 0) parts.push(`HAVING ${kept.join(' AND ')}`);
  if (keys.length > 0) parts.push(`ORDER BY ${orderList(keys, ({ sql }) => sql)}`);
  parts.push(`LIMIT ${writer.text(String(most), 'int8')}`);
  return { sql: parts.join(' '), values: writer.values, columns, maxGroups: first === undefined ? maxGroups : null };
}

/** A group as what can be asked of it. It has no relations: nothing is behind it to be seen or not. */
function groupShape(
  { name, table }: EntityShape,
  columns: readonly ColumnShape[],
  primaryKey: readonly ColumnShape[],
): EntityShape {
  return {
    name,
    table,
    columns: new Map(columns.map((column) => [column.property, column])),
    relations: new Map(),
    selected: columns,
    list: '',
    embedded: new Set(),
    primaryKey,
    deletedAt: null,
    kinds: null,
  };
}

function sharedColumns(shape: EntityShape, properties: readonly unknown[]): readonly ColumnShape[] {
  return properties.map((property, index) => {
    const pointer = `/groupBy/${index}`;
    const column = typeof property === 'string' ? shape.columns.get(property) : undefined;
    if (column === undefined) throw new InvalidInput('UNKNOWN_FIELD', 'There is no such column.', pointer);
    if (!isOrderable(column.type)) {
      throw new InvalidInput('UNKNOWN_FIELD', `Rows cannot be grouped by ${column.property}.`, pointer);
    }
    if (properties.indexOf(property) !== index) {
      throw new InvalidInput('INVALID_VALUE', `${column.property} is named twice.`, pointer);
    }
    return column;
  });
}

function listOf(list: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(list)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
  // Without holes, which `map` would leave out.
  return Array.from(list as readonly unknown[]);
}

function size(value: number, name: string, most: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  const message = `${name} must be a whole number of at least 1 and at most ${most}.`;
  throw new InvalidInput('INVALID_PAGINATION', message, `/${name}`);
}
