import { isDeepStrictEqual } from 'node:util';
import { batchQuerier, type BatchQuerierArgs, type Page } from '@holdfast/querier';
import fc from 'fast-check';
import { anyCell, cellsOf } from '../arbitrary-cell.js';
import type { Cell, Cells } from '../cell.js';
import { columnsOf } from '../entity-plan.js';
import type { FuzzedRow } from '../entity-schema.js';
import type { FuzzedColumn } from '../fuzzed-table.js';
import type { Operation } from '../operation.js';
import { type Running, scopeOf } from '../running.js';
import { nested } from '../row-shape.js';
import { keyOf, ofKind } from '../stored-rows.js';
import { writeRows } from '../write-rows.js';

interface Order {
  readonly by: string;
  readonly dir: 'asc' | 'desc';
  readonly nulls: 'first' | 'last';
}

interface Search {
  readonly rows: readonly Cells[];
  /** How often the rows are there, under other keys: ties. */
  readonly times: number;
  readonly orders: readonly Order[];
  /** Which rows: those with this value there, those without one, or all. */
  readonly where: { readonly property: string; readonly cell: Cell } | null;
  readonly size: number;
  readonly way: 'forward' | 'backward' | 'offset' | 'whole';
}

/** search, page by page to the end, in any order: all rows once, in the order of plain SQL. */
export const search: Operation<Search> = {
  name: 'search',
  share: 15,
  arbitrary: ({ plan }) => {
    const values = columnsOf(plan, 'value');
    const scalar = values.filter(({ type, array }) => !array && type.ordered !== false);
    const ordered = [...scalar, ...plan.columns.filter(({ role }) => role !== 'value')].map(({ property }) => property);
    const order = fc.record({
      by: fc.constantFrom(...ordered),
      dir: fc.constantFrom('asc', 'desc'),
      nulls: fc.constantFrom('first', 'last'),
    }) as fc.Arbitrary<Order>;
    const equal = scalar.map((column) => fc.record({ property: fc.constant(column.property), cell: anyCell(column) }));
    return fc.record({
      rows: fc.array(
        cellsOf(values, anyCell, ({ nullable, default: given }) => !nullable && given === null),
        { maxLength: 5 },
      ),
      times: fc.oneof({ weight: 40, arbitrary: fc.constantFrom(1, 2, 3) }, { weight: 1, arbitrary: fc.constant(50) }),
      orders: fc.uniqueArray(order, { maxLength: 2, selector: ({ by }) => by }),
      where: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, ...equal),
      size: fc.constantFrom(1, 2, 3, 7, 400),
      way: fc.constantFrom('forward', 'backward', 'offset', 'whole'),
    }) as fc.Arbitrary<Search>;
  },
  async judge(running, input) {
    const { table, disturbance } = running;
    const { rows, times, orders, size } = input;
    if (isTooLong(input)) return null;
    if (disturbance?.losesDigits === true && orders.some(({ by }) => isFloat(table.columns, by))) return null;
    const tenant = running.tenant();
    const many = Array.from({ length: rows.length * times }, (_, i) => rows[i % rows.length]!);
    await writeRows(running, tenant, many);
    const wanted = await keysInOrder(running, tenant, input);
    // So that a page of one is not asked for hundreds of times.
    const atOnce = Math.max(size, Math.ceil(many.length / 12));
    const found = await walked(running, tenant, input, atOnce);
    const keys = found.map((row) => keyOf(table, row));
    if (!isDeepStrictEqual(keys, wanted)) return `search gave ${keys.join()} where SQL gives ${wanted.join()}`;
    return running.fault(tenant, found, keys.length === many.length ? null : new Set(keys));
  },
};

/** Whether there are texts that no cursor and no condition takes. */
function isTooLong({ rows, orders, where }: Search): boolean {
  const cells = [...rows.flatMap((row) => orders.map(({ by }) => row[by])), where?.cell];
  return cells.some((cell) => (cell?.text?.length ?? 0) > 500);
}

function isFloat(columns: readonly FuzzedColumn[], property: string): boolean {
  return /^(real|double)/.test(columns.find((column) => column.property === property)!.cast);
}

function conditionOf({ where }: Search): BatchQuerierArgs<FuzzedRow>['conditions'] {
  if (where === null) return [];
  const { property, cell } = where;
  if (cell.text === null) return [nested({ [property]: { isNull: true } })] as never;
  return cell.given === undefined ? [] : ([nested({ [property]: { eq: cell.given } })] as never);
}

/** The keys that plain SQL finds, in its order. */
async function keysInOrder({ table, world }: Running, tenant: string, input: Search): Promise<string[]> {
  const { orders, where } = input;
  const column = (property: string): FuzzedColumn => table.columns.find((one) => one.property === property)!;
  const conditions = ['"tenant" = $1'];
  const values = [tenant];
  if (where !== null && where.cell.text === null) conditions.push(`${column(where.property).sql} IS NULL`);
  else if (where?.cell.given !== undefined) {
    // As wide as can be: a column's length or scale is not that of what it is compared with.
    const type = column(where.property).cast.replace(/\(\d+(,\d+)?\)/, '');
    conditions.push(`${column(where.property).sql} = $2::text::${type}`);
    values.push(where.cell.text!);
  }
  const last = orders.at(-1)?.dir ?? 'asc';
  const keys = table.keys.filter(({ property }) => !orders.some(({ by }) => by === property));
  const terms = [
    ...orders.map(({ by, dir, nulls }) => `${column(by).sql} ${dir} NULLS ${nulls}`),
    ...keys.map(({ sql }) => `${sql} ${last}`),
  ];
  const { rows } = await world.sql.query<{ ctid: string; keys: string[] }>(
    `SELECT ARRAY[${table.keys.map(({ sql }) => `${sql}::text`).join(', ')}] AS keys FROM ${table.sql} WHERE ${conditions.join(' AND ')}${ofKind(table)} ORDER BY ${terms.join(', ')}`,
    values,
  );
  return rows.map((row) =>
    JSON.stringify(row.keys.map((text, i) => (table.keys[i]!.type.reading === 'number' ? Number(text) : text))),
  );
}

/** All rows, page by page, in display order. */
async function walked(running: Running, tenant: string, input: Search, size: number): Promise<readonly FuzzedRow[]> {
  const { orders, way } = input;
  const found: FuzzedRow[] = [];
  const pageAt = (pagination: BatchQuerierArgs<FuzzedRow>['pagination']): Promise<Page<FuzzedRow>> => {
    const querier = batchQuerier<FuzzedRow>({ conditions: conditionOf(input)!, orders: orders as never, pagination });
    return running.execute(tenant, running.table.operations.search(scopeOf(tenant), querier, { includeDeleted: true }));
  };
  if (way === 'whole') return (await pageAt({ noPagination: true })).items;
  let page: Page<FuzzedRow> | null = null;
  do {
    if (way === 'offset') page = await pageAt({ limit: size, offset: found.length });
    else if (way === 'forward') page = await pageAt({ first: size, after: page?.endCursor ?? null });
    else page = await pageAt({ last: size, before: page?.startCursor ?? null });
    if (way === 'backward') found.unshift(...page.items);
    else found.push(...page.items);
  } while (way === 'backward' ? page.hasPreviousPage : page.hasNextPage);
  return found;
}
