import { types } from 'node:util';
import { Misuse } from '@holdfast/errors';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { parse, stringify } from 'devalue';
import type { CacheCodec } from './cache-codec.js';
import { freezeDeeply } from './freeze-deeply.js';

export interface ValueCodecArgs<Value> {
  /** Change it when the shape of the values changes: what was stored in another one is then not there. */
  readonly version: number;
  /** What comes back is checked by it, and is what it makes of it. Default: it is not checked. */
  readonly schema?: StandardSchemaV1<unknown, Value>;
  /** Classes of your own, by name: what an instance is made of, or false for what is none. */
  readonly reducers?: Readonly<Record<string, (value: unknown) => unknown>>;
  /** The way back, by the same names. */
  readonly revivers?: Readonly<Record<string, (parts: never) => unknown>>;
}

/**
 * JSON by devalue: dates, bigint, undefined, NaN, Map and Set come back as they are; a class without a reducer, be it one
 * that extends a date or a list, a function or a symbol is refused when it is stored. Of what comes back plain objects and
 * lists are frozen all the way down; dates, maps and sets cannot be.
 *
 * The version stands in the value and not in the key, so that while two versions of a program run, the invalidations of
 * each reach what the other one has stored.
 */
export function valueCodec<Value>(args: ValueCodecArgs<Value>): CacheCodec<Value> {
  const { version, schema, reducers = {}, revivers = {} } = args;
  if (!Number.isSafeInteger(version) || version < 0) throw new Misuse('version of a codec is an integer from 0 on.');
  const prefix = `${version}:`;
  const frozen = (checked: StandardSchemaV1.Result<Value>): Value | null =>
    checked.issues === undefined ? freezeDeeply(checked.value) : null;
  return {
    version,
    encode: (value) => prefix + stringify(value, { ...reducers, '': refuseExtended }),
    decode(text) {
      if (!text.startsWith(prefix)) return null;
      let value: unknown;
      try {
        value = parse(text.slice(prefix.length), { ...revivers } as Record<string, (value: unknown) => unknown>);
      } catch {
        return null;
      }
      if (schema === undefined) return freezeDeeply(value as Value);
      const checked = schema['~standard'].validate(value);
      return types.isPromise(checked) ? checked.then(frozen) : frozen(checked);
    },
  };
}

/**
 * An instance of a class that extends one of the language would come back without it. Told by how many prototypes it has:
 * values of another realm have others.
 */
function refuseExtended(value: unknown): false {
  if (typeof value !== 'object' || value === null || !isOfTheLanguage(value)) return false;
  const most = ArrayBuffer.isView(value) && !types.isDataView(value) ? 3 : 2;
  if (prototypesOf(value) <= most) return false;
  throw new Misuse(`A codec without a reducer of ${value.constructor.name} would lose what it is.`);
}

function isOfTheLanguage(value: object): boolean {
  return (
    Array.isArray(value) ||
    types.isDate(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    ArrayBuffer.isView(value) ||
    value instanceof URL ||
    value instanceof URLSearchParams
  );
}

function prototypesOf(value: object): number {
  let count = 0;
  for (let at: unknown = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) count += 1;
  return count;
}
