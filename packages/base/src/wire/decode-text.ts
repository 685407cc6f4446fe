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
  bytea: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
};

/** Reads a column's values from their text form. */
export function textDecoder(type: ColumnType): (text: string) => unknown {
  const element = decoders[type.kind];
  return type.array ? (text) => freeze(parseArray(text, element)) : element;
}
