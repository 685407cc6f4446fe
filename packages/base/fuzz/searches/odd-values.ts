import fc from 'fast-check';
import { MARK } from './fuzzed-values.js';

const marked = (text: string): string => text + MARK;

/** Texts that have broken something somewhere: SQL, patterns, NUL, lone surrogates, other encodings, names of prototypes. */
const nastyTexts: readonly string[] = [
  ...[`'; DROP TABLE things; --`, `" OR "1"="1`, `') OR TRUE --`, '$1', '$$', '{1,2}', '\\', '%_', '/*', '*/', ';'],
  ...['\ufeff', '\uffff', '\u2028', '\r\n\t', 'ﬀİıß', 'a'.repeat(300)],
].map(marked);

/** What no text of PostgreSQL can hold. */
const unstorable = ['\0', 'a\0b', '\ud800', 'a\udc00'].map(marked);

/** Names that every object has, or would like to have. */
const prototypeNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length'];

// prettier-ignore
const texts = [
  '', ' ', '0', '-0', '1e3', '1e400', '0x10', '1_000', '+1', '1.', '.5', '9223372036854775808', '-9223372036854775809',
  '1'.repeat(400), 'NaN', 'Infinity', 'null', 'true', 'undefined', '2024-02-30', '2023-02-29', '0000-01-01', '10000-01-01',
  '2024-02-29T24:00:00Z', '2024-02-29T12:00:00', '2024-02-29t12:00:00z', '2024-02-29T12:00:00+15:00', '24:00:00', '12:60',
  'infinity', 'now', 'epoch', '7190a5d64f107c3a9d2e8b6f5a4c3d2e', '{7190a5d6-4f10-7c3a-9d2e-8b6f5a4c3d2e}', 'SAD', 'sad ', 'happy',
];

const numbers = [-1, -0, 0.5, 1e21, 1e308, 5e-324, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 63), 32_768, 3.5e38, 1e-46];

/** A text that is free to choose: whatever else is in it, the mark is. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.constantFrom(...unstorable),
  fc.string({ unit: 'binary', maxLength: 12 }).map(marked),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map(marked),
);

/** A name that there is not. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', 'secret', 'tenant', ...prototypeNames),
  anyText,
);

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, ...numbers, ...texts),
  anyText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Any value that JSON has, names of prototypes among its names. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  json: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(anyName, tie('json')), { maxLength: 3 })
    // Unlike an assignment it makes a name of its own of `__proto__`.
    .map((entries): unknown => Object.fromEntries(entries)),
})).json;

/** What no JSON is, but a program may hand on. */
export const anyForeign: fc.Arbitrary<unknown> = fc
  .constantFrom<(() => unknown)[]>(
    () => NaN,
    () => Infinity,
    () => undefined,
    () => 10n ** 30n,
    () => Symbol(MARK),
    () => new Date(NaN),
    () => new Date(8.64e15),
    () => new Map([['eq', 1]]),
    () => new Set([1]),
    () => Promise.resolve(1),
    () => Object.create({ eq: 1 }) as unknown,
    () =>
      new (class Operators {
        readonly eq = 1;
      })(),
    () => Object(MARK) as unknown,
    () => () => MARK,
    () => Array<unknown>(3),
    () => [1, , 2], // eslint-disable-line no-sparse-arrays -- that is what it is for
    () => ({ eq: undefined }),
    () => ({ [Symbol(MARK)]: 1 }),
    () => /a/,
    () => new Uint8Array(2),
    () => new Error(MARK),
  )
  .map((make) => make());
