import type { ColumnKind } from './column-kind.js';

type Encoder = (value: unknown) => string | null;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;
const integer = /^[+-]?\d{1,19}$/;
const date = /^\d{4,6}-\d\d-\d\d$/;
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

const json: Encoder = (value) => {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : text;
};

const least64 = -(2n ** 63n);
const most64 = 2n ** 63n - 1n;
const bigint: Encoder = (value) => {
  const isNumber = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!isNumber && !(typeof value === 'string' && integer.test(value))) return null;
  const number = BigInt(value as string | number | bigint);
  return number >= least64 && number <= most64 ? number.toString() : null;
};

const timestamptz: Encoder = (value) => {
  if (!(value instanceof Date)) return null;
  const ms = value.getTime();
  // ISO 8601 years beyond 9999 and before 0 are written in another way by PostgreSQL.
  return ms >= -62167219200000 && ms <= 253402300799999 ? value.toISOString() : null;
};

/** By kind: a value's text form, or null if it is not a value of that kind. */
export const encoders: Readonly<Record<ColumnKind, Encoder>> = {
  text: (value) => (storable(value) ? value : null),
  enum: (value) => (storable(value) ? value : null),
  uuid: matching(uuid),
  smallint: wholeNumber(-32768, 32767),
  integer: wholeNumber(-2147483648, 2147483647),
  bigint,
  numeric: (value) =>
    typeof value === 'number' ? (Number.isFinite(value) ? String(value) : null) : matching(decimal)(value),
  float: (value) => (typeof value === 'number' ? String(value) : null),
  boolean: (value) => (typeof value === 'boolean' ? (value ? 't' : 'f') : null),
  timestamptz,
  date: matching(date),
  time: matching(time),
  json,
  jsonb: json,
  bytea: (value) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : null),
};
