import { InvalidInput } from '@holdfast/errors';
import type { RelatedRows } from '../condition/related-rows.js';
import type { ColumnShape } from '../entity/entity-shape.js';
import { columnOf, type RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { originOf } from '../plain-data/origin.js';
import { plainObject } from '../plain-data/plain-object.js';
import { compileOrderTerm } from './compile-order-term.js';
import type { QueryOrder } from './order.js';
import type { OrderKey } from './order-key.js';

/** The orders with the primary key appended, in the direction of the last one: a total order. Throws InvalidInput. */
export function totalOrder<Row>(
  rows: RowSource,
  orders: readonly QueryOrder<Row>[],
  related: RelatedRows,
  writer: SqlWriter,
): readonly OrderKey[] {
  const keys = Array.from(orders, (order, index) => orderKey(rows, order, related, writer, index));
  keys.forEach(({ name }, index) => {
    if (keys.findIndex((key) => key.name === name) !== index) {
      const pointer = originOf(orders[index], 'by', `/orders/${index}`);
      throw new InvalidInput('INVALID_ORDER', `${name} is ordered by twice.`, pointer);
    }
  });
  const descending = keys.at(-1)?.descending ?? false;
  for (const column of rows.shape.primaryKey) {
    if (!keys.some(({ name }) => name === column.property)) keys.push(tieBreaker(rows, column, descending));
  }
  return keys;
}

function tieBreaker(rows: RowSource, column: ColumnShape, descending: boolean): OrderKey {
  return {
    name: column.property,
    sql: columnOf(rows, column).sql,
    alias: null,
    join: null,
    type: column.type,
    nullable: column.nullable,
    descending,
    nullsFirst: descending,
    confidential: false,
    fewTies: false,
  };
}

function orderKey<Row>(
  rows: RowSource,
  order: QueryOrder<Row>,
  related: RelatedRows,
  writer: SqlWriter,
  index: number,
): OrderKey {
  const pointer = originOf(order, 'by', `/orders/${index}`);
  const { by, dir = 'asc', nulls, confidential, fewTies } = plainObject(order, pointer) as unknown as QueryOrder<Row>;
  if ((dir !== 'asc' && dir !== 'desc') || (nulls !== undefined && nulls !== 'first' && nulls !== 'last')) {
    throw new InvalidInput('INVALID_ORDER', 'An order is asc or desc, with nulls first or last.', pointer);
  }
  const descending = dir === 'desc';
  const term = compileOrderTerm(rows, by, related, writer, index, pointer);
  const { name, sql, alias, join, type, nullable } = term;
  const nullsFirst = nulls === undefined ? descending : nulls === 'first';
  // Spelled out, and not spread: keys are made anew for every search.
  return {
    name,
    sql,
    alias,
    join,
    type,
    nullable,
    descending,
    nullsFirst,
    confidential: confidential === true || term.confidential,
    fewTies: fewTies === true,
  };
}

/** The same order from its end. */
export function reversed(keys: readonly OrderKey[]): readonly OrderKey[] {
  return keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst }));
}
