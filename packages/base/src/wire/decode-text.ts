import { Misuse } from '@holdfast/errors';
import { freeze, type ColumnKind, type ColumnType } from '@holdfast/querier';
import { parse as parseArray } from 'postgres-array';
import { decodeLocalTimestamp, decodeTimestamp } from './decode-timestamp.js';

const asIs = (text: string): string => text;

/** By kind: a value from PostgreSQL's text form. bigint and numeric stay exact, as text. */
const decoders: Readonly<Record<ColumnKind, (text: string) => unknown>> = {
  text: asIs,
  uuid: asIs,
  enum: asIs,
  bigint: asIs,
  numeric: asIs,
  date: isoDate,
  time: asIs,
  smallint: Number,
  integer: Number,
  float: Number,
  boolean: (text) => text === 't',
  timestamptz: decodeTimestamp,
  timestamp: decodeLocalTimestamp,
  json: (text) => freeze(JSON.parse(text) as unknown),
  jsonb: (text) => freeze(JSON.parse(text) as unknown),
  bytea: decodeBytes,
};

/** Both formats of bytea (PostgreSQL 8.4): hex, and the older escape. */
function decodeBytes(text: string): Uint8Array {
  if (text.startsWith('\\x')) return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
  const bytes = text.replace(/\\(\\|[0-3][0-7]{2})/g, (_, escaped: string) =>
    escaped === '\\' ? escaped : String.fromCharCode(parseInt(escaped, 8)),
  );
  return new Uint8Array(Buffer.from(bytes, 'latin1'));
}

const day = /^(\d{4,7}-\d\d-\d\d( BC)?|-?infinity)$/;

/** A date as text. In another DateStyle than ISO days and months could be taken for each other. */
function isoDate(text: string): string {
  if (!day.test(text)) throw new Misuse('A date that is not in the ISO DateStyle.');
  return text;
}

/** Reads a column's values from their text form. */
export function textDecoder(type: ColumnType): (text: string) => unknown {
  const element = decoders[type.kind];
  return type.array ? (text) => freeze(parseArray(text, element)) : element;
}
