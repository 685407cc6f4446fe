import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from '../condition/condition.js';
import type { AskedSearch } from './asked-search.js';
import { ConditionReader } from './condition-reader.js';
import type { AllowlistOf } from './field.js';
import { parsedJson } from './parsed-json.js';
import { askedOrder, readOrders } from './read-order.js';
import { shown } from '../plain-data/shown.js';

const flat = /^filter\[([^[\]]+)\]\[([^[\]]+)\]$/;
const sizes: ReadonlySet<string> = new Set(['first', 'last', 'limit', 'offset']);
const cursors: ReadonlySet<string> = new Set(['after', 'before']);

/** Reads a search from a query string, against the declared names only. Throws InvalidInput. */
export function parseSearchParameters<Row>(allowlist: AllowlistOf<Row>, parameters: URLSearchParams): AskedSearch<Row> {
  const reader = new ConditionReader(allowlist);
  const conditions: QueryCondition<Row>[] = [];
  const page: Record<string, unknown> = {};
  let orders: AskedSearch<Row>['orders'] = [];
  let total: unknown = 'none';
  const seen = new Set<string>();
  for (const [name, value] of parameters) {
    if (seen.has(name)) throw new InvalidInput('DUPLICATE_PARAMETER', `${shown(name)} is given twice.`, name);
    seen.add(name);
    if (sizes.has(name)) page[name] = wholeNumber(name, value);
    else if (cursors.has(name)) page[name] = value;
    else if (name === 'total') total = /^\d+$/.test(value) ? Number(value) : value;
    else if (name === 'order') orders = readOrders(allowlist, ordersOf(value));
    else if (name === 'filter') conditions.push(reader.read(parsedJson(value, name), name));
    else conditions.push(flatCondition(reader, name, value));
  }
  return { conditions, orders, page, total };
}

function flatCondition<Row>(reader: ConditionReader<Row>, name: string, value: string): QueryCondition<Row> {
  const match = flat.exec(name);
  if (match === null) throw new InvalidInput('UNKNOWN_PARAMETER', `There is no parameter ${shown(name)}.`, name);
  return reader.readText(match[1]!, match[2]!, value, name);
}

function* ordersOf(text: string): Generator<ReturnType<typeof askedOrder>> {
  for (const one of text.split(',')) yield askedOrder(one, 'order');
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) {
    throw new InvalidInput('INVALID_PAGINATION', `${name} must be a whole number.`, name);
  }
  return Number(value);
}
