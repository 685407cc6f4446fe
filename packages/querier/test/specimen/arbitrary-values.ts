import fc from 'fast-check';
import { jsonNull } from '../oracle/json-null.js';
import type { OracleKind } from '../oracle/oracle-entity.js';
import { arbitraryDocument, arbitraryJson } from './arbitrary-json.js';
import {
  arbitraryBigint,
  arbitraryDecimal,
  arbitraryDouble,
  arbitraryInteger,
  arbitraryReal,
} from './arbitrary-numbers.js';
import { arbitraryText } from './arbitrary-text.js';
import { arbitraryDay, arbitraryInstant, arbitraryLocalTime, arbitraryTime } from './arbitrary-times.js';
import type { SpecimenColumn } from './specimen-column.js';

/** Few, and never in the order of their making. */
export const uuids: readonly string[] = ['7', '0', 'f', '3', 'a', '9', 'c', '1'].map(
  (digit) => `${digit}190a5d6-4f10-7c3a-9d2e-8b6f5a4c3d2e`,
);

/** By kind, both as an operand and in a row. Few values, so that they meet. */
const shared: Readonly<Record<Exclude<OracleKind, 'enum'>, fc.Arbitrary<unknown>>> = {
  text: arbitraryText,
  uuid: fc.constantFrom(...uuids, ...uuids.map((uuid) => uuid.toUpperCase())),
  integer: arbitraryInteger,
  numeric: arbitraryDecimal,
  double: arbitraryDouble,
  real: arbitraryReal,
  boolean: fc.boolean(),
  instant: arbitraryInstant,
  local: arbitraryLocalTime,
  day: arbitraryDay,
  time: arbitraryTime,
  bytes: fc.uint8Array({ maxLength: 2, max: 3 }),
  json: arbitraryJson,
};

/** What a row may hold besides, but no operand be. */
const stored: Readonly<Partial<Record<OracleKind, readonly unknown[]>>> = {
  numeric: ['NaN', 'Infinity', '-Infinity'],
  instant: ['0044-03-15T12:00:00+05:30', 'infinity', '-infinity'],
  local: ['infinity', '-infinity'],
  day: ['infinity', '-infinity', '0044-03-15 BC', '0001-12-31 BC'],
  time: ['24:00:00'],
};

/** An operand for the column; for an array, for its elements. */
export function arbitraryOperand(column: SpecimenColumn): fc.Arbitrary<unknown> {
  if (column.kind === 'enum') return fc.constantFrom(...column.labels);
  return column.type.kind === 'bigint' ? arbitraryBigint : shared[column.kind];
}

const document = arbitraryDocument.map((value) => value ?? jsonNull);

/** A value of the column in a row, NULL included. */
export function arbitraryStored(column: SpecimenColumn): fc.Arbitrary<unknown> {
  const more = stored[column.kind];
  const operand = arbitraryOperand(column);
  const known = more === undefined ? operand : fc.oneof({ weight: 3, arbitrary: operand }, fc.constantFrom(...more));
  const one = column.kind === 'json' ? document : known;
  if (!column.array) return column.nullable ? fc.option(one, { freq: 4 }) : one;
  return fc.option(fc.array(fc.option(one, { freq: 4 }), { maxLength: 3 }), { freq: 6 });
}
