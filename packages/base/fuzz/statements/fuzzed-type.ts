import type fc from 'fast-check';
import type { EntitySchemaColumnOptions } from 'typeorm';
import type { Reading } from './reading.js';
import type { Sample } from './sample.js';

/** What TypeORM is told of a type. */
export type TypeOptions = Pick<EntitySchemaColumnOptions, 'length' | 'precision' | 'scale' | 'enum' | 'transformer'> & {
  readonly type: NonNullable<EntitySchemaColumnOptions['type']>;
};

/** A type of columns: how TypeORM is told of it, what it holds, and how its values are to be read. */
export interface FuzzedType {
  /** For faults, e.g. `numeric(20,5)`. */
  readonly name: string;
  readonly options: TypeOptions;
  readonly reading: Reading;
  readonly samples: fc.Arbitrary<Sample>;
  /** Another type that holds the same values, and that a column of this one can be made and unmade. */
  readonly wider?: string;
  /** Whether rows can be ordered by it, and asked for by equality. Default true. */
  readonly ordered?: false;
  /** Whether there are no lists of it. */
  readonly single?: true;
  /** What a program has for what is stored, NULL included. Default: the same. */
  readonly from?: (stored: unknown) => unknown;
}

/** A type as TypeORM calls it. */
export function fuzzedType(
  type: TypeOptions['type'],
  reading: Reading,
  samples: fc.Arbitrary<Sample>,
  more: Partial<FuzzedType> = {},
): FuzzedType {
  return { name: typeof type === 'string' ? type : type.name, options: { type }, reading, samples, ...more };
}

/** A type with a length, or a precision; it is called so in SQL. */
export function limitedType(base: FuzzedType, name: string, options: Partial<TypeOptions>): FuzzedType {
  return { ...base, name, options: { ...base.options, ...options } };
}
