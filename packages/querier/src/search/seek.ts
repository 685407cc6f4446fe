import type { OrderKey } from '../order/order-key.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/** A position in an order as parameters, null where its value is NULL. */
export type PositionParameters = readonly (string | null)[];

/** Binds a position: the text form of each key, cast back to the key's type. */
export function bindPosition(
  keys: readonly OrderKey[],
  position: readonly (string | null)[],
  writer: SqlWriter,
): PositionParameters {
  return keys.map(({ type }, i) => (position[i] === null ? null : writer.text(position[i]!, type.sql)));
}

/**
 * The rows after a position, as the conditions of index ranges whose union they are, deepest prefix first.
 *
 * Where all keys are NOT NULL and of one direction this is a single row comparison (PostgreSQL 9.25.5). Otherwise there
 * is one range for each prefix of the order: equal on the prefix, beyond on the next key, NULLs as placed. Where the
 * first key is said to have few ties, or another one is joined, the range from it on holds them all, and the others only
 * filter.
 */
export function seekRanges(
  keys: readonly OrderKey[],
  position: PositionParameters,
  inclusive = false,
): readonly string[] {
  const [first] = keys as [OrderKey];
  const isWhole = !position.includes(null); // else a NULL where there should be none
  if (isWhole && keys.every(({ nullable, descending }) => !nullable && descending === first.descending)) {
    const values = keys.map(({ sql }) => sql).join(', ');
    return [`(${values}) ${comparison(first, inclusive)} (${position.join(', ')})`];
  }
  const ranges: string[] = inclusive ? [keys.map(({ sql }, i) => equal(sql, position[i]!)).join(' AND ')] : [];
  for (let i = keys.length - 1; i >= 0; i--) {
    const prefix = keys.slice(0, i).map(({ sql }, j) => equal(sql, position[j]!));
    for (const beyond of beyondKey(keys[i]!, position[i]!)) ranges.push([...prefix, beyond].join(' AND '));
  }
  if (ranges.length < 2) return ranges;
  // What is joined leads through no index: each range would read everything, and so does one filter.
  const isJoined = keys.some(({ join }) => join !== null);
  const hasBound = first.join === null && !first.nullable && position[0] !== null;
  if (hasBound && (first.fewTies || isJoined)) {
    return [`${first.sql} ${comparison(first, true)} ${position[0]!} AND ${anyOf(ranges)}`];
  }
  return isJoined ? [anyOf(ranges)] : ranges;
}

function anyOf(ranges: readonly string[]): string {
  return `(${ranges.map((range) => `(${range})`).join(' OR ')})`;
}

function comparison({ descending }: OrderKey, inclusive: boolean): string {
  return (descending ? '<' : '>') + (inclusive ? '=' : '');
}

function equal(sql: string, parameter: string | null): string {
  return parameter === null ? `${sql} IS NULL` : `${sql} = ${parameter}`;
}

/** What comes after one key's value: none, one or two ranges. */
function beyondKey(key: OrderKey, parameter: string | null): readonly string[] {
  const { sql, nullable, nullsFirst } = key;
  if (parameter === null) return nullsFirst ? [`${sql} IS NOT NULL`] : [];
  const beyond = `${sql} ${comparison(key, false)} ${parameter}`;
  return nullable && !nullsFirst ? [beyond, `${sql} IS NULL`] : [beyond];
}
