import { inspect, isDeepStrictEqual } from 'node:util';
import { Timestamp } from '@holdfast/querier';
import { type FuzzedRow, KIND, KIND_COLUMN } from './entity-schema.js';
import type { FuzzedColumn, FuzzedTable } from './fuzzed-table.js';
import { pathsOf, valueAt } from './row-shape.js';
import { keyOf, type StoredRow } from './stored-rows.js';
import { asTypeormKnows, readsRight } from './typeorm-differences.js';

type Stored = ReadonlyMap<string, StoredRow>;

/** What is wrong with rows that we gave, all of those that are stored, or null. */
export function ourFault(table: FuzzedTable, stored: Stored, ours: readonly FuzzedRow[]): string | null {
  // To us the discriminator is a column like others, to TypeORM only where the entity declares it.
  const odd = table.plan.inherits ? ours.find((row) => row[KIND_COLUMN] !== KIND) : undefined;
  if (odd !== undefined) return `Holdfast gave a row of the kind ${shown(odd[KIND_COLUMN])}`;
  const more = table.plan.inherits ? [KIND_COLUMN] : [];
  return rowsFault(table, stored, ours, 'Holdfast gave', more, (column, value, row) => {
    return isDeepStrictEqual(toTheMicrosecond(value), toTheMicrosecond(row.values[column.property]));
  });
}

/** What is wrong with rows that TypeORM read, but for what it cannot hold. */
export function typeormFault(table: FuzzedTable, stored: Stored, rows: readonly FuzzedRow[]): string | null {
  return rowsFault(table, stored, rows, 'TypeORM read', [], (column, value, row) => {
    if (!readsRight(column, row.texts[column.property]!)) return true;
    return isDeepStrictEqual(asTypeormKnows(value), asTypeormKnows(row.values[column.property]));
  });
}

/** A value with its times as what is to be compared of them: microseconds are no property. */
function toTheMicrosecond(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTheMicrosecond);
  return value instanceof Timestamp ? { Timestamp: value.getTime(), and: value.microseconds } : value;
}

function rowsFault(
  table: FuzzedTable,
  stored: Stored,
  rows: readonly FuzzedRow[],
  who: string,
  more: readonly string[],
  isRight: (column: FuzzedColumn, value: unknown, row: StoredRow) => boolean,
): string | null {
  const seen = table.plan.columns.filter(({ hidden }) => !hidden).map(({ property }) => property);
  const embedded = new Set(seen.filter((path) => path.includes('.')).map((path) => path.split('.')[0]!));
  for (const row of rows) {
    const key = keyOf(table, row);
    const one = stored.get(key);
    if (one === undefined) return `${who} a row ${key}, which is not stored`;
    const paths = pathsOf(row, embedded);
    if (!isDeepStrictEqual([...paths].sort(), [...seen, ...more].sort())) return `${who} a row of ${inspect(paths)}`;
    for (const column of table.columns.filter(({ hidden }) => !hidden)) {
      const { property } = column;
      const value = valueAt(row, property);
      if (isRight(column, value, one)) continue;
      const [is, should] = [shown(value), shown(one.values[property])];
      return `${who} ${nameOf(column)} as ${is} where SQL says ${should} of ${shown(one.texts[property])}`;
    }
  }
  return rows.length === stored.size ? null : `${who} ${rows.length} rows where ${stored.size} are stored`;
}

/** A column as faults name it. */
export function nameOf({ property, type, cast }: FuzzedColumn): string {
  return `${JSON.stringify(property)} (${type.name}: ${cast})`;
}

export function shown(value: unknown): string {
  return inspect(value, { depth: 8, maxStringLength: 200, breakLength: Infinity });
}
