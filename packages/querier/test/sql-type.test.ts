import { expect, it } from '@jest/globals';
import { columnType } from '../src/index.js';
import type { SqlType } from '../src/interop/sql-type.js';

/** All that a shape may say; the compiler sees to it that none is missing. */
const names: Readonly<Record<Exclude<SqlType<unknown>, 'enum'>, true>> = {
  text: true,
  varchar: true,
  'character varying': true,
  citext: true,
  uuid: true,
  bigint: true,
  int8: true,
  smallint: true,
  int2: true,
  int: true,
  integer: true,
  int4: true,
  numeric: true,
  decimal: true,
  real: true,
  float4: true,
  'double precision': true,
  float8: true,
  float: true,
  boolean: true,
  bool: true,
  timestamptz: true,
  'timestamp with time zone': true,
  timestamp: true,
  'timestamp without time zone': true,
  date: true,
  time: true,
  'time without time zone': true,
  timetz: true,
  'time with time zone': true,
  char: true,
  character: true,
  bpchar: true,
  bit: true,
  'bit varying': true,
  varbit: true,
  inet: true,
  cidr: true,
  macaddr: true,
  macaddr8: true,
  json: true,
  jsonb: true,
  bytea: true,
};

it.each(Object.keys(names))('a column of the type %s is one that searches know', (name) => {
  expect(() => columnType(name)).not.toThrow();
});
