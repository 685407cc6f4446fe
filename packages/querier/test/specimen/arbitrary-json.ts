import fc from 'fast-check';
import type { Json } from '../../src/index.js';

// Those of each line alike often.
const scalars: readonly (readonly Json[])[] = [
  [null, true, false],
  [0, -0, 1, 1.5, 10, -2, 1e21, 5e-324, 0.1],
  ['', 'a', 'B', 'ab', '0', '1', 'null', '\u{1f600}', '\uffff', "'"],
];

/** A key, mostly one that documents have. */
export const arbitraryKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b') },
  fc.constantFrom('', '0', '1', 'é', '__proto__', "it's", 'a.b', '%', '"'),
);

/** A value that is no list and no object. */
export const arbitraryScalarJson: fc.Arbitrary<Json> = fc.oneof(...scalars.map((some) => fc.constantFrom(...some)));

/** Small values of few keys and scalars, so that one often contains another. */
export const arbitraryJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: arbitraryScalarJson },
    { weight: 1, arbitrary: fc.array(tie('json'), { maxLength: 3 }) },
    { weight: 2, arbitrary: objectOf(tie('json')) },
  ),
})).json;

/** As stored: mostly an object. */
export const arbitraryDocument: fc.Arbitrary<Json> = fc.oneof(
  { weight: 2, arbitrary: objectOf(arbitraryJson) },
  arbitraryJson,
);

function objectOf(value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  // fromEntries makes a member even of __proto__.
  return fc.array(fc.tuple(arbitraryKey, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

const step = fc.oneof({ weight: 4, arbitrary: arbitraryKey }, fc.constantFrom(0, 1, -1));

/** Mostly such a path as documents have. */
export const arbitraryPath: fc.Arbitrary<readonly (string | number)[]> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(step) },
  fc.array(step, { minLength: 2, maxLength: 3 }),
);
