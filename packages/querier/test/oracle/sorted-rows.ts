import { compareValues } from './compare-values.js';
import type { Surroundings } from './matches.js';
import type { OracleColumn, OracleEntity, OracleRow } from './oracle-entity.js';
import { relatedRows } from './related-rows.js';

/** A value to order by. */
export interface OracleTerm {
  readonly column: OracleColumn;
  readonly valueOf: (row: OracleRow) => unknown;
}

/** An order of the oracle's: a column's path (`boss.name`), or a term where an expression is meant. */
export interface OracleOrder {
  readonly by: string | OracleTerm;
  readonly dir?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
}

/** The rows in the order asked for; ties are broken by the primary key, in the direction of the last order. */
export function sortedRows(
  around: Surroundings,
  entity: OracleEntity,
  rows: readonly OracleRow[],
  orders: readonly OracleOrder[],
): readonly OracleRow[] {
  const dir = orders.at(-1)?.dir ?? 'asc';
  const all = [...orders, ...entity.primaryKey.map((by): OracleOrder => ({ by, dir }))];
  const comparisons = all.map((order) => comparison(around, entity, order));
  return rows.toSorted((a, b) => comparisons.reduce((found, compare) => (found === 0 ? compare(a, b) : found), 0));
}

function comparison(around: Surroundings, entity: OracleEntity, { by, dir = 'asc', nulls }: OracleOrder) {
  const { column, valueOf } = typeof by === 'string' ? termOf(around, entity, by.split('.')) : by;
  // PostgreSQL 7.5: NULL is larger than any value, unless it is said where it stands.
  const nullsFirst = (nulls ?? (dir === 'asc' ? 'last' : 'first')) === 'first';
  return (a: OracleRow, b: OracleRow): number => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) {
      return (Number(left === null) - Number(right === null)) * (nullsFirst ? -1 : 1);
    }
    return compareValues(column, left, right) * (dir === 'asc' ? 1 : -1);
  };
}

/** A column of the row, or of the one behind its relations; where there is none, NULL. */
function termOf(around: Surroundings, entity: OracleEntity, [first, ...rest]: readonly string[]): OracleTerm {
  if (rest.length === 0) return { column: entity.columns[first!]!, valueOf: (row) => row[first!] ?? null };
  const relation = entity.relations[first!]!;
  const { column, valueOf } = termOf(around, relation.target, rest);
  return {
    column,
    valueOf(row) {
      const [behind] = relatedRows(around.world, relation, row, around.visible);
      return behind === undefined ? null : valueOf(behind);
    },
  };
}
