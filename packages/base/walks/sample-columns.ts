import type { EntitySchemaColumnOptions } from 'typeorm';

/** One of the types that orders are walked by, as a column of the sample tables named like it. */
export interface SampleColumn {
  readonly sqlType: string;
  readonly options: EntitySchemaColumnOptions;
  /** Its value in row `g` as SQL: with ties, and with the values that are hard to carry in a cursor. */
  readonly value: string;
}

/** PostgreSQL orders an enum as it was declared; no text would be ordered like that. */
export const SAMPLE_ENUM = ['z', 'a', 'm'] as const;

/** The 11 types. All times differ by microseconds, which no Date can hold. */
export const sampleColumns = {
  // The offset of Kathmandu had seconds in 1850, and its year is 10000 before that of UTC is.
  timestamptz: {
    sqlType: 'timestamptz',
    options: { type: 'timestamptz' },
    value: `CASE WHEN g % 31 = 0 THEN timestamptz '1850-06-01 00:00:00.000001+00'
      WHEN g % 37 = 0 THEN timestamptz '9999-12-31 23:59:59.999999+00'
      ELSE timestamptz '2026-03-08 01:59:59.999990+00' + (g / 2) * interval '1 microsecond' END`,
  },
  timestamp: {
    sqlType: 'timestamp',
    options: { type: 'timestamp' },
    value: `CASE WHEN g % 31 = 0 THEN timestamp '0001-01-01 00:00:00.000001'
      ELSE timestamp '2026-11-01 01:59:59.999995' + (g / 3) * interval '1 microsecond' END`,
  },
  // From one era to the next.
  date: {
    sqlType: 'date',
    options: { type: 'date' },
    value: `CASE WHEN g % 29 = 0 THEN date 'infinity' WHEN g % 31 = 0 THEN date '-infinity'
      WHEN g % 37 = 0 THEN date '5874897-12-31' ELSE date '0001-12-10 BC' + g / 2 END`,
  },
  // 31 digits, and equal numbers that are written differently.
  numeric: {
    sqlType: 'numeric',
    options: { type: 'numeric' },
    value: `CASE WHEN g % 41 = 0 THEN numeric 'NaN' WHEN g % 43 = 0 THEN numeric 'Infinity'
      WHEN g % 47 = 0 THEN numeric '-Infinity' WHEN g % 5 = 0 THEN round(numeric '1.5', 1 + g % 3)
      ELSE 12345678901234567890.01234567890 + (g / 2) * 0.00000000001 END`,
  },
  bigint: {
    sqlType: 'bigint',
    options: { type: 'bigint' },
    value: `CASE WHEN g % 17 = 0 THEN -9223372036854775808 ELSE 9223372036854775000 + g / 2 END`,
  },
  // Neighbours in binary, the smallest number there is, and the two zeros, which are equal.
  float8: {
    sqlType: 'float8',
    options: { type: 'double precision' },
    value: `CASE WHEN g % 41 = 0 THEN float8 'NaN' WHEN g % 43 = 0 THEN float8 '-Infinity'
      WHEN g % 47 = 0 THEN float8 'Infinity' WHEN g % 53 = 0 THEN float8 '5e-324'
      WHEN g % 11 = 0 THEN float8 '0' WHEN g % 13 = 0 THEN float8 '-0' ELSE 0.1 + (g / 2) * 1e-16 END`,
  },
  text: {
    sqlType: 'text',
    options: { type: 'text' },
    value: `(ARRAY['a', 'A', 'ä', 'Ä', 'ß', 'z', 'Z', '~', '|', E'\\\\', '''', '"', '%', '_', 'é', U&'e\\0301', '日本',
      '😀', E'\\r\\n\\t', '', 'null', '\\x00', '{a,b}', ' a'])[1 + g % 24]`,
  },
  uuid: { sqlType: 'uuid', options: { type: 'uuid' }, value: `md5((g / 2)::text)::uuid` },
  enum: {
    sqlType: 'sample_enum',
    options: { type: 'enum', enum: [...SAMPLE_ENUM], enumName: 'sample_enum' },
    value: `(enum_range(NULL::sample_enum))[1 + g % 3]`,
  },
  boolean: { sqlType: 'boolean', options: { type: 'boolean' }, value: `g % 2 = 0` },
  // Backslashes and zero bytes, which the older output format writes in a way of its own; prefixes of each other.
  bytea: {
    sqlType: 'bytea',
    options: { type: 'bytea' },
    value: `CASE WHEN g % 7 = 0 THEN substring('\\x005c27ff00'::bytea FOR g % 6) ELSE decode(md5((g / 2)::text), 'hex') END`,
  },
} satisfies Record<string, SampleColumn>;

export type SampleColumnName = keyof typeof sampleColumns;

export const sampleColumnNames = Object.keys(sampleColumns) as SampleColumnName[];

/** Values of the same columns beyond what a Date can hold. */
export const extremeValues: Partial<Record<SampleColumnName, string>> = {
  timestamptz: `(ARRAY['infinity', '-infinity', '4713-11-24 00:00:00+00 BC', '0044-03-15 12:00:00.000001+00 BC',
    '0044-03-15 12:00:00.000002+00 BC', '294276-12-31 23:59:59.999999+00', '2026-01-01 00:00:00+00']::timestamptz[])[1 + g % 7]`,
  timestamp: `(ARRAY['infinity', '-infinity', '4713-11-24 00:00:00 BC', '0044-03-15 12:00:00.000001 BC',
    '0044-03-15 12:00:00.000002 BC', '294276-12-31 23:59:59.999999', '2026-01-01 00:00:00']::timestamp[])[1 + g % 7]`,
};
