import { InvalidInput } from '@holdfast/errors';
import { batchQuerier, type BatchQuerier } from '../search/batch-querier.js';
import type { QueryCondition } from '../condition/condition.js';
import type { FieldReader } from './field-reader.js';
import { paginationOf, totalOf } from './parse-search-body.js';

const flat = /^filter\[([^[\]]+)\]\[([^[\]]+)\]$/;
const sizes: ReadonlySet<string> = new Set(['first', 'last', 'limit', 'offset']);
const cursors: ReadonlySet<string> = new Set(['after', 'before']);
const listOperators: ReadonlySet<string> = new Set(['in', 'notIn', 'hasAny', 'hasAll']);

/** Reads a search from a query string, against the declared names only. */
export function parseSearchParameters<Row>(fields: FieldReader<Row>, parameters: URLSearchParams): BatchQuerier<Row> {
  const conditions: QueryCondition<Row>[] = [];
  const pagination: Record<string, unknown> = {};
  let orders: BatchQuerier<Row>['orders'] = [];
  let total: BatchQuerier<Row>['total'] = 'none';
  const seen = new Set<string>();
  for (const [name, value] of parameters) {
    if (seen.has(name)) throw new InvalidInput('DUPLICATE_PARAMETER', `${name} is given twice.`, name);
    seen.add(name);
    if (sizes.has(name)) pagination[name] = wholeNumber(name, value);
    else if (cursors.has(name)) pagination[name] = value;
    else if (name === 'total') total = totalOf(/^\d+$/.test(value) ? Number(value) : value, name);
    else if (name === 'order') orders = value.split(',').map((one) => fields.parseOrder(one, name));
    else if (name === 'filter') conditions.push(fields.parseCondition(jsonOf(value), name));
    else conditions.push(flatCondition(fields, name, value));
  }
  return batchQuerier<Row>({
    conditions,
    orders,
    pagination: paginationOf(pagination, fields.limits.maxPageSize),
    total,
  });
}

function flatCondition<Row>(fields: FieldReader<Row>, name: string, value: string): QueryCondition<Row> {
  const match = flat.exec(name);
  if (match === null) throw new InvalidInput('UNKNOWN_PARAMETER', `There is no parameter ${name}.`, name);
  const [, field, operator] = match as unknown as [string, string, string];
  const operand = listOperators.has(operator) ? (value === '' ? [] : value.split(',')) : value;
  return fields.parseOperator(field, operator, operand, name) as QueryCondition<Row>;
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) {
    throw new InvalidInput('INVALID_PAGINATION', `${name} must be a whole number.`, name);
  }
  return Number(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvalidInput('INVALID_JSON', 'The filter is not JSON.', 'filter', error);
  }
}
