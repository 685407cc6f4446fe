import { InvalidInput, Misuse } from '@holdfast/errors';
import type { ColumnKind } from './column-kind.js';
import type { Conversion } from './conversion.js';
import { encoders } from './encoders.js';
import { uuidList } from './uuid-list.js';

/** A column's type: what it is called in a cast, and how its values become PostgreSQL's text form. */
export interface ColumnType {
  /** The name for a cast, e.g. `timestamptz` or `"public"."session_status"`. Of the element, for an array. */
  readonly sql: string;
  readonly kind: ColumnKind;
  readonly array: boolean;
  /** The values of an enum, where they are known: no other text is one. Numbers are stored as their digits. */
  readonly labels?: readonly (string | number)[];
  /** What is stored instead of the column's values, if something is; `sql` and `kind` are of that. */
  readonly conversion?: Conversion;
}

const kinds: Readonly<Record<string, readonly [sql: string, kind: ColumnKind]>> = {
  text: ['text', 'text'],
  varchar: ['varchar', 'text'],
  'character varying': ['varchar', 'text'],
  citext: ['citext', 'text'],
  uuid: ['uuid', 'uuid'],
  smallint: ['int2', 'smallint'],
  int2: ['int2', 'smallint'],
  int: ['int4', 'integer'],
  integer: ['int4', 'integer'],
  int4: ['int4', 'integer'],
  bigint: ['int8', 'bigint'],
  int8: ['int8', 'bigint'],
  numeric: ['numeric', 'numeric'],
  decimal: ['numeric', 'numeric'],
  real: ['float4', 'float'],
  float4: ['float4', 'float'],
  'double precision': ['float8', 'float'],
  float8: ['float8', 'float'],
  float: ['float8', 'float'],
  boolean: ['bool', 'boolean'],
  bool: ['bool', 'boolean'],
  timestamptz: ['timestamptz', 'timestamptz'],
  'timestamp with time zone': ['timestamptz', 'timestamptz'],
  timestamp: ['timestamp', 'timestamp'],
  'timestamp without time zone': ['timestamp', 'timestamp'],
  date: ['date', 'date'],
  time: ['time', 'time'],
  'time without time zone': ['time', 'time'],
  json: ['json', 'json'],
  jsonb: ['jsonb', 'jsonb'],
  bytea: ['bytea', 'bytea'],
  interval: ['interval', 'interval'],
  // A cast to char or bit cuts off all but the first, unless they are called so (PostgreSQL 8.3, 8.10).
  char: ['bpchar', 'verbatim'],
  character: ['bpchar', 'verbatim'],
  bpchar: ['bpchar', 'verbatim'],
  bit: ['"bit"', 'verbatim'],
  'bit varying': ['varbit', 'verbatim'],
  varbit: ['varbit', 'verbatim'],
  timetz: ['timetz', 'verbatim'],
  'time with time zone': ['timetz', 'verbatim'],
  inet: ['inet', 'verbatim'],
  cidr: ['cidr', 'verbatim'],
  macaddr: ['macaddr', 'verbatim'],
  macaddr8: ['macaddr8', 'verbatim'],
};

/** The type of a column by its SQL name. Throws Misuse for a type that is not supported. */
export function columnType(name: string, options: { readonly array?: boolean } = {}): ColumnType {
  const known = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (known === undefined) throw new Misuse(`Columns of type ${name} are not supported.`);
  return Object.freeze({ sql: known[0], kind: known[1], array: options.array ?? false });
}

/** The type of a column of an enum type, named as in a cast. Without its labels, what is none is refused by PostgreSQL. */
export function enumColumnType(
  sql: string,
  options: { readonly array?: boolean; readonly labels?: readonly (string | number)[] } = {},
): ColumnType {
  const { array = false, labels } = options;
  return Object.freeze({ sql, kind: 'enum', array, ...(labels === undefined ? {} : { labels }) });
}

/** The type of a column in which something else is stored than its values. */
export function convertedColumnType(type: ColumnType, conversion: Conversion): ColumnType {
  return Object.freeze({ ...type, conversion });
}

/** What may stand before and after another value: everything but documents and lists. */
export function isOrderable(type: ColumnType): boolean {
  return !type.array && type.kind !== 'json' && type.kind !== 'jsonb';
}

/** Whether text operators apply. A part of a value is none of what is stored instead. */
export function isTextual(type: ColumnType): boolean {
  return !type.array && type.kind === 'text' && type.conversion === undefined;
}

/**
 * A value of the column (for an array column: of its elements) in PostgreSQL's text form; of a list, with its index in
 * what `pointer` points to. Throws InvalidInput.
 */
export function encodeElement(type: ColumnType, value: unknown, pointer: string, index?: number): string {
  if (type.conversion === undefined || type.array) return encodeStored(type, value, pointer, index);
  const at = pointerTo(pointer, index);
  return encodeStored(type, storedFor(type.conversion, value, at), at);
}

// Made only where it is told: it would cost more than the value.
function pointerTo(pointer: string, index: number | undefined): string {
  return index === undefined ? pointer : `${pointer}/${index}`;
}

function encodeStored(type: ColumnType, stored: unknown, pointer: string, index?: number): string {
  const { kind, labels } = type;
  const isNumber = kind === 'enum' && typeof stored === 'number' && labels?.includes(stored) === true;
  const text = encoders[kind](isNumber ? String(stored) : stored, type.sql);
  if (text === null || (labels !== undefined && !labels.some((label) => String(label) === text)))
    throw new InvalidInput('INVALID_VALUE', `Not a value of type ${kind}.`, pointerTo(pointer, index));
  return text;
}

function storedFor(conversion: Conversion, value: unknown, pointer: string): unknown {
  try {
    return conversion.to(value);
  } catch (error) {
    throw new InvalidInput('INVALID_VALUE', 'Not a value that the column takes.', pointer, error);
  }
}

/** A list of values as the text form of an array (PostgreSQL 8.15.2). Null elements only where the caller allows them. */
export function encodeList(type: ColumnType, values: unknown, pointer: string, nulls = false): string {
  if (!Array.isArray(values)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
  if (type.kind === 'uuid' && (type.conversion === undefined || type.array)) {
    const uuids = uuidList(values);
    if (uuids !== null) return `{${uuids}}`;
  }
  const texts: (string | null)[] = [];
  // Not `values.map`: it would leave holes.
  for (let index = 0; index < values.length; index++) {
    const value: unknown = values[index];
    texts.push(value === null && nulls ? null : encodeElement(type, value, pointer, index));
  }
  return arrayLiteral(texts);
}

/** A column's whole value in PostgreSQL's text form, null for NULL. Throws InvalidInput. */
export function encodeValue(type: ColumnType, value: unknown, pointer: string): string | null {
  const { conversion } = type;
  const converts = conversion !== undefined && (value !== null || conversion.ofNull);
  const stored = converts ? (storedFor(conversion, value, pointer) ?? null) : value;
  if (stored === null) return null;
  return type.array ? encodeList(type, stored, pointer, true) : encodeStored(type, stored, pointer);
}

/** Texts as the text form of a one-dimensional array. */
export function arrayLiteral(texts: readonly (string | null)[]): string {
  let literal = '{';
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    if (i > 0) literal += ',';
    literal += text === null ? 'NULL' : needsNoQuotes.test(text) ? text : quoted(text);
  }
  return literal + '}';
}

// Most texts have nothing to escape, and where they have, two passes cost less than a pattern.
function quoted(text: string): string {
  const isPlain = !text.includes('"') && !text.includes('\\');
  return `"${isPlain ? text : text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

// Anything that could be a delimiter, white space or the word NULL is quoted.
const needsNoQuotes = /^(?!null$)[\w.:+-]+$/i;
