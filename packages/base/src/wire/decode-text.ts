import { Misuse } from '@holdfast/errors';
import { freeze, type ColumnKind, type ColumnType } from '@holdfast/querier';
import { parse as parseArray } from 'postgres-array';
import { decodeTimestamp } from './decode-timestamp.js';

const asIs = (text: string): string => text;

/** By kind: a value from PostgreSQL's text form. bigint and numeric stay exact, as text. */
const decoders: Readonly<Record<ColumnKind, (text: string) => unknown>> = {
  text: asIs,
  uuid: asIs,
  enum: asIs,
  bigint: asIs,
  numeric: asIs,
  date: asIs,
  time: asIs,
  smallint: Number,
  integer: Number,
  float: Number,
  boolean: (text) => text === 't',
  timestamptz: decodeTimestamp,
  json: (text) => freeze(JSON.parse(text) as unknown),
  jsonb: (text) => freeze(JSON.parse(text) as unknown),
  bytea: decodeBytes,
};

/** The hex format (PostgreSQL 8.4.1), which is the default; the older escape format is not read. */
function decodeBytes(text: string): Uint8Array {
  if (!text.startsWith('\\x')) throw new Misuse('Bytes are only read in the hex format: leave bytea_output as it is.');
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
}

/** Reads a column's values from their text form. */
export function textDecoder(type: ColumnType): (text: string) => unknown {
  const element = decoders[type.kind];
  return type.array ? (text) => freeze(parseArray(text, element)) : element;
}
