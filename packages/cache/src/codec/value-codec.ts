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
 * JSON by devalue: dates, bigint, undefined, NaN, Map and Set come back as they are; a class without a reducer, a function
 * or a symbol is refused when it is stored. What comes back is frozen all the way down.
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
    encode: (value) => prefix + stringify(value, { ...reducers }),
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
