import fc from 'fast-check';
import type { EntitySchemaColumnOptions } from 'typeorm';
import { bytes, documents } from './samples/document-samples.js';
import * as number from './samples/number-samples.js';
import { labels, shortTexts, texts, uuids } from './samples/text-samples.js';
import * as time from './samples/time-samples.js';
import type { Sample } from './sample.js';
import type { Reading } from './reading.js';

/** A type of columns: how TypeORM is told of it, what it holds, and how its values are to be read. */
export interface FuzzedType {
  /** For faults, e.g. `numeric(20,5)`. */
  readonly name: string;
  /** What TypeORM is told. */
  readonly options: Pick<EntitySchemaColumnOptions, 'length' | 'precision' | 'scale' | 'enum'> & {
    readonly type: NonNullable<EntitySchemaColumnOptions['type']>;
  };
  readonly reading: Reading;
  readonly samples: fc.Arbitrary<Sample>;
  /** Another type that holds the same values, and that a column of this one can be made and unmade. */
  readonly wider?: string;
  /** Whether rows can be ordered by it. Default true. */
  readonly ordered?: false;
}

type Type = FuzzedType['options']['type'];

const type = (
  name: Type,
  reading: Reading,
  samples: fc.Arbitrary<Sample>,
  more: Partial<FuzzedType> = {},
): FuzzedType => ({
  name: typeof name === 'string' ? name : name.name,
  options: { type: name },
  reading,
  samples,
  ...more,
});

const limited = (base: FuzzedType, name: string, options: Partial<FuzzedType['options']>): FuzzedType => ({
  ...base,
  name,
  options: { ...base.options, ...options },
});

const named = (names: readonly Type[], make: (name: Type) => FuzzedType): readonly FuzzedType[] => names.map(make);

const enumSamples = fc.constantFrom(...labels).map((text) => ({ text, given: text }));

/** Every type that entities of ours may have, by every name that TypeORM knows it by. */
export const fuzzedTypes: readonly FuzzedType[] = [
  ...named(['text'], (name) => type(name, 'text', texts, { wider: 'varchar' })),
  ...named(['varchar', 'character varying', String], (name) => type(name, 'text', texts, { wider: 'text' })),
  limited(type('varchar', 'text', shortTexts), 'varchar(40)', { length: 40 }),
  type('citext', 'text', shortTexts),
  type('uuid', 'text', uuids),
  ...named(['smallint', 'int2'], (name) => type(name, 'number', number.smallints, { wider: 'int4' })),
  ...named(['int', 'integer', 'int4', Number], (name) => type(name, 'number', number.integers)),
  ...named(['bigint', 'int8'], (name) => type(name, 'text', number.bigints)),
  ...named(['numeric', 'decimal'], (name) => type(name, 'text', number.numerics)),
  limited(type('numeric', 'text', number.smallNumerics), 'numeric(20,5)', { precision: 20, scale: 5 }),
  ...named(['real', 'float4'], (name) => type(name, 'number', number.reals)),
  ...named(['double precision', 'float8', 'float'], (name) => type(name, 'number', number.floats)),
  ...named(['boolean', 'bool', Boolean], (name) => type(name, 'boolean', number.booleans)),
  ...named(['timestamptz', 'timestamp with time zone'], (name) => type(name, 'instant', time.instants)),
  limited(type('timestamptz', 'instant', time.instants), 'timestamptz(3)', { precision: 3 }),
  ...named(['timestamp', 'timestamp without time zone', Date], (name) => type(name, 'local', time.localTimes)),
  type('date', 'text', time.days),
  ...named(['time', 'time without time zone'], (name) => type(name, 'text', time.times)),
  type('json', 'document', documents, { ordered: false }),
  type('jsonb', 'document', documents, { ordered: false }),
  type('bytea', 'bytes', bytes),
  { name: 'enum', options: { type: 'enum', enum: [...labels] }, reading: 'text', samples: enumSamples },
];
