import { compareDecimals } from './compare-decimals.js';
import { dayNumber, microsecondsOfInstant, microsecondsOfLocalTime, microsecondsOfTime } from './microseconds.js';
import type { OracleColumn, OracleKind } from './oracle-entity.js';

type Comparable = number | bigint;

const byRank = (rank: (value: unknown) => Comparable) => (a: unknown, b: unknown) => {
  const [left, right] = [rank(a), rank(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** IEEE 754 but for NaN, which is equal to itself and above all else (PostgreSQL 8.1.3). */
const floats = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a < b ? -1 : a > b ? 1 : 0;

// UTF-8 keeps the order of code points, which is the order of COLLATE "C"; UTF-16 does not.
const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : Buffer.from(value as string));

const orders: Readonly<Record<Exclude<OracleKind, 'enum' | 'json'>, (a: unknown, b: unknown) => number>> = {
  text: (a, b) => Buffer.compare(bytesOf(a), bytesOf(b)),
  bytes: (a, b) => Buffer.compare(bytesOf(a), bytesOf(b)),
  uuid: byRank((value) => BigInt(`0x${(value as string).replaceAll('-', '')}`)),
  integer: byRank((value) => BigInt(value as string | number | bigint)),
  numeric: compareDecimals,
  double: (a, b) => floats(a as number, b as number),
  real: (a, b) => floats(Math.fround(a as number), Math.fround(b as number)),
  boolean: byRank(Number),
  instant: byRank(microsecondsOfInstant),
  local: byRank(microsecondsOfLocalTime),
  day: byRank(dayNumber),
  time: byRank(microsecondsOfTime),
};

/** Negative, zero or positive, as the values (or elements) of the column stand in an ascending order. */
export function compareValues(column: OracleColumn, a: unknown, b: unknown): number {
  if (column.kind === 'json') throw new Error('The oracle orders no documents.');
  if (column.kind === 'enum') return byRank((label) => column.labels.indexOf(label as string))(a, b);
  return orders[column.kind](a, b);
}
