import { Misuse } from '@holdfast/errors';
import { freeze, type ColumnKind, type ColumnShape, type ColumnType } from '@holdfast/querier';
import { parse as parseArray } from 'postgres-array';
import { decodeLocalTimestamp, decodeTimestamp } from './decode-timestamp.js';

const asIs = (text: string): string => text;

/** By kind: a value from PostgreSQL's text form. bigint and numeric stay exact, as text. Nothing is frozen yet. */
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
  json: (text) => JSON.parse(text) as unknown,
  jsonb: (text) => JSON.parse(text) as unknown,
  bytea: decodeBytes,
  interval: postgresInterval,
  verbatim: asIs,
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

const interval = /^(?:[+-]?\d+ (?:years?|mons?|days?)\b ?)*(?:[+-]?\d+:\d\d:\d\d(?:\.\d+)?)?$/;

/** An interval as text. Another IntervalStyle than the default could mean something else when it is sent back. */
function postgresInterval(text: string): string {
  if (!interval.test(text)) throw new Misuse('An interval that is not in the postgres IntervalStyle.');
  return text;
}

/** Reads a column's values from their text form. */
export function textDecoder(type: ColumnType): (text: string) => unknown {
  const { array, kind, conversion } = type;
  const element = type.labels?.some((label) => typeof label === 'number') ? labelDecoder(type.labels) : decoders[kind];
  if (conversion === undefined) {
    if (array) return (text) => freeze(parseArray(text, element));
    return kind === 'json' || kind === 'jsonb' ? (text) => freeze(element(text)) : element;
  }
  // What converts gets what TypeORM would give it: values that are not frozen, and bytes as pg has them.
  const stored = kind === 'bytea' ? (text: string) => Buffer.from(decodeBytes(text)) : element;
  return array ? (text) => conversion.from(parseArray(text, stored)) : (text) => conversion.from(stored(text));
}

/** What stands for NULL, where a column has something to stand for it; asked for each NULL anew. */
export function nullDecoder({ type, nullable }: ColumnShape): (() => unknown) | null {
  const { conversion } = type;
  return conversion?.ofNull === true && nullable ? () => conversion.from(null) : null;
}

/** Labels of an enum that are numbers are numbers in rows. */
function labelDecoder(labels: readonly (string | number)[]): (text: string) => unknown {
  const byText = new Map(labels.map((label) => [String(label), label]));
  return (text) => byText.get(text) ?? text;
}
