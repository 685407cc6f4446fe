import fc from 'fast-check';
import type { Json } from '../../src/index.js';

const keys = ['a', 'b', '', '0', '1', 'é', '__proto__', "it's", 'a.b', '%', '"'] as const;
const scalars = [
  null,
  true,
  false,
  0,
  -0,
  1,
  1.5,
  10,
  -2,
  1e21,
  5e-324,
  0.1,
  '',
  'a',
  'B',
  'ab',
  '0',
  '1',
  'null',
  '\u{1f600}',
  '\uffff',
  "'",
] as const;

/** A key, mostly one that documents have. */
export const arbitraryKey: fc.Arbitrary<string> = fc.constantFrom(...keys);

/** A value that is no list and no object. */
export const arbitraryScalarJson: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(...scalars);

/** Small documents of few keys and values, so that one often contains another. */
export const arbitraryJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json; list: Json; object: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: arbitraryScalarJson },
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 3 }),
  object: fc
    .array(fc.tuple(arbitraryKey, tie('json')), { maxLength: 3 })
    .map((entries) => Object.fromEntries(entries) as Json),
})).json;

/** Mostly such a path as documents have. */
export const arbitraryPath: fc.Arbitrary<readonly (string | number)[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: arbitraryKey }, fc.constantFrom(0, 1, -1)),
  { minLength: 1, maxLength: 3 },
);
