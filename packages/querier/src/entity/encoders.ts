import type { ColumnKind } from './column-kind.js';
import { Timestamp } from './timestamp.js';

/** `sql` is the type's name in a cast, where kinds are not precise enough. */
type Encoder = (value: unknown, sql?: string) => string | null;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;
const longestDecimal = 1_000; // with an exponent still far from the limits of PostgreSQL 8.1.2
const integer = /^[+-]?\d{1,19}$/;
const date = /^(\d{4,6})-(\d\d)-(\d\d)$/;
const time = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/;

/** Text that PostgreSQL can store: no NUL, no lone surrogate. */
const storable = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0') && value.isWellFormed();

const matching =
  (pattern: RegExp): Encoder =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : null;

const wholeNumber =
  (least: number, most: number): Encoder =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most ? String(value) : null;

// JSON.stringify escapes NUL and lone surrogates, which PostgreSQL refuses (8.14); an escaped backslash is none of them.
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** A value as JSON that PostgreSQL can store, or null. */
export function storableJson(value: unknown): string | null {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    return null; // a cycle, a bigint, or too deep
  }
  if (text === undefined) return null;
  // To look for the one is cheap, for the other dear.
  return text.includes('\\u') && unstorable.test(text) ? null : text;
}

const json: Encoder = (value) => storableJson(value);

const numeric: Encoder = (value) => {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return typeof value === 'string' && value.length <= longestDecimal ? matching(decimal)(value) : null;
};

const float: Encoder = (value, sql) => {
  if (typeof value !== 'number') return null;
  // PostgreSQL refuses what a real would round to infinity or to zero.
  const rounded = sql === 'float4' ? Math.fround(value) : value;
  const isLost = Number.isFinite(value) && (!Number.isFinite(rounded) || (rounded === 0 && value !== 0));
  // A float keeps the sign of its zero, a String does not.
  return isLost ? null : Object.is(value, -0) ? '-0' : String(value);
};

const calendarDay: Encoder = (value) => {
  const parts = typeof value === 'string' ? date.exec(value) : null;
  if (parts === null) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  // The calendar repeats every 400 years; JavaScript has no year beyond 275760, and takes years below 100 for others.
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay ? (value as string) : null;
};

const least64 = -(2n ** 63n);
const most64 = 2n ** 63n - 1n;
const bigint: Encoder = (value) => {
  const isNumber = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!isNumber && !(typeof value === 'string' && integer.test(value))) return null;
  const number = BigInt(value as string | number | bigint);
  return number >= least64 && number <= most64 ? number.toString() : null;
};

// ISO 8601 to the microsecond; the offset is part of it, or must not be.
const instant = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const localTime = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)$/;

const isoText = (pattern: RegExp, value: string): string | null => {
  const match = pattern.exec(value);
  return match !== null && calendarDay(match[1]) !== null && time.test(match[2]!) ? value : null;
};

/** ISO 8601 years beyond 9999 and before 1 are written in another way by PostgreSQL. */
const isWritable = (ms: number): boolean => ms >= -62135596800000 && ms <= 253402300799999;

const timestamptz: Encoder = (value) => {
  if (typeof value === 'string') return isoText(instant, value);
  return value instanceof Date && isWritable(value.getTime()) ? value.toISOString() : null;
};

/** The local time of the process, as pg and TypeORM read and write it. */
const timestamp: Encoder = (value) => {
  if (typeof value === 'string') return isoText(localTime, value);
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
  // Not by getTimezoneOffset: it knows no seconds, which the local times of long ago have.
  const local = new Date(0);
  local.setUTCFullYear(value.getFullYear(), value.getMonth(), value.getDate());
  local.setUTCHours(value.getHours(), value.getMinutes(), value.getSeconds(), value.getMilliseconds());
  if (!isWritable(local.getTime())) return null;
  const exact = value instanceof Timestamp ? new Timestamp(local, value.microseconds) : local;
  return exact.toISOString().slice(0, -1);
};

/** By kind: a value's text form, or null if it is not a value of that kind. */
export const encoders: Readonly<Record<ColumnKind, Encoder>> = {
  text: (value) => (storable(value) ? value : null),
  enum: (value) => (storable(value) ? value : null),
  uuid: matching(uuid),
  smallint: wholeNumber(-32768, 32767),
  integer: wholeNumber(-2147483648, 2147483647),
  bigint,
  numeric,
  float,
  boolean: (value) => (typeof value === 'boolean' ? (value ? 't' : 'f') : null),
  timestamptz,
  timestamp,
  date: calendarDay,
  time: matching(time),
  json,
  jsonb: json,
  bytea: (value) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : null),
  interval: (value) => (storable(value) ? value : null),
  verbatim: (value) => (storable(value) ? value : null),
};
