import type { OrderKey } from './order-key.js';

/** The table with what it is joined to for the keys: a FROM list. */
export function joinedTable(table: string, keys: readonly OrderKey[]): string {
  return keys.reduce((from, { join }) => (join === null ? from : from + join), table);
}

/** How an ORDER BY names a key. */
type Naming = (key: OrderKey) => string;

/** By the name that it is selected under, where it has one. */
const selected: Naming = ({ alias, sql }) => alias ?? sql;

/** The ORDER BY list. Placement of NULLs is only written where it matters, so that plain indexes serve the order. */
export function orderList(keys: readonly OrderKey[], naming: Naming = selected): string {
  return keys
    .map((key) => {
      const { nullable, descending, nullsFirst } = key;
      const placement = nullable && nullsFirst !== descending ? (nullsFirst ? ' NULLS FIRST' : ' NULLS LAST') : '';
      return `${naming(key)}${descending ? ' DESC' : ''}${placement}`;
    })
    .join(', ');
}
