import fc from 'fast-check';
import { convertedType } from './converted-type.js';
import { type FuzzedType, fuzzedType as type, limitedType as limited, type TypeOptions } from './fuzzed-type.js';
import type { Sample } from './sample.js';
import { bytes, documents, lists } from './samples/document-samples.js';
import * as network from './samples/network-samples.js';
import * as number from './samples/number-samples.js';
import { labels, numberLabels, shortTexts, texts, uuids } from './samples/text-samples.js';
import * as time from './samples/time-samples.js';

type Make = (name: TypeOptions['type']) => FuzzedType;

const named = (names: readonly TypeOptions['type'][], make: Make): readonly FuzzedType[] => names.map(make);

const oneOf = (values: readonly (string | number)[]): fc.Arbitrary<Sample> =>
  fc.constantFrom(...values).map((given) => ({ text: String(given), given }));

const upsideDown = (text: string): string => Array.from(text).reverse().join('');
const flipped = { from: upsideDown, to: upsideDown };
const wrapped = { from: (value: unknown) => ({ value }), to: ({ value }: { value: unknown }) => value };

/** Types by all the names that TypeORM knows them by, and with what it makes of their values. */
export const fuzzedTypes: readonly FuzzedType[] = [
  type('text', 'text', texts, { wider: 'varchar' }),
  ...named(['varchar', 'character varying', String], (name) => type(name, 'text', texts, { wider: 'text' })),
  limited(type('varchar', 'text', shortTexts), 'varchar(40)', { length: 40 }),
  ...named(['char', 'character'], (name) => limited(type(name, 'output', shortTexts), 'char(42)', { length: 42 })),
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
  ...named(['timetz', 'time with time zone'], (name) => type(name, 'text', time.zonedTimes)),
  type('interval', 'text', time.intervals),
  type('json', 'document', documents, { ordered: false }),
  type('jsonb', 'document', documents, { ordered: false }),
  type('bytea', 'bytes', bytes),
  limited(type('bit', 'text', network.eightBits), 'bit(8)', { length: 8 }),
  ...named(['varbit', 'bit varying'], (name) => type(name, 'text', network.someBits)),
  type('inet', 'output', network.inets),
  type('cidr', 'text', network.cidrs),
  type('macaddr', 'text', network.macs),
  type('macaddr8', 'text', network.macs8),
  ...named(['enum', 'simple-enum'], (name) =>
    limited(type(name, 'text', oneOf(labels), name === 'enum' ? {} : { single: true }), String(name), {
      enum: [...labels],
    }),
  ),
  limited(type('enum', 'number', oneOf(numberLabels)), 'enum of numbers', { enum: [...numberLabels] }),
  type('simple-array', 'list', lists, { single: true, ordered: false }),
  type('simple-json', 'document', documents, { single: true, ordered: false }),
  convertedType(type('text', 'text', shortTexts), 'upside down', flipped),
  convertedType(type('text', 'text', shortTexts), 'upside down twice', flipped, flipped),
  convertedType(type('int', 'number', number.integers), 'or nobody', { from: String, to: Number, ofNull: 'nobody' }),
  convertedType(type('bigint', 'text', number.bigints), 'as bigint', { from: BigInt, to: String }),
  convertedType(type('numeric', 'text', number.smallNumerics), 'in an object', wrapped),
  convertedType(type('jsonb', 'document', documents, { ordered: false }), 'in an object', wrapped),
  convertedType(type('simple-json', 'document', documents, { ordered: false }), 'in an object', wrapped),
  convertedType(type('bytea', 'bytes', bytes), 'as hex', {
    from: (stored: Uint8Array) => Buffer.from(stored).toString('hex'),
    to: (value: string) => Buffer.from(value, 'hex'),
  }),
];
