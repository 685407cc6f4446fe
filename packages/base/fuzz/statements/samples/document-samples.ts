import fc from 'fast-check';
import type { Sample } from '../sample.js';
import { unicode } from './text-samples.js';

const nested = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, -0, 1.5, 1e300, 5e-324, '', '"', '\\u0041', '𝒳', '\u007f', '{}', 'null'),
      unicode(6),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', '', '__proto__', 'constructor', 'ключ', "it's", '"'), tie('value')), {
        maxLength: 4,
      })
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
})).value;

/** JSON; null itself is the column's NULL. */
export const documents: fc.Arbitrary<Sample> = fc.oneof(
  {
    weight: 12,
    arbitrary: nested
      .filter((value) => value !== null)
      .map((value) => JSON.stringify(value))
      .map((text) => ({ given: JSON.parse(text) as unknown, text })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'null',
        ' { "a" : 1 , "a" : 2 } ',
        '[1.0, 100000000000000000000, 1E2]',
        '"\\u00e9"',
        '{"n": 0.30000000000000004}',
      )
      .map((text) => ({ text })),
  },
);

export const bytes: fc.Arbitrary<Sample> = fc
  .oneof(
    { weight: 20, arbitrary: fc.uint8Array({ maxLength: 24 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 30_000 }).map((size) => new Uint8Array(size).fill(92)) },
  )
  .map((given) => ({ given, text: `\\x${Array.from(given, (byte) => byte.toString(16).padStart(2, '0')).join('')}` }));

/** Lists that TypeORM keeps in one text: none of their texts has a comma, and one empty text alone would be no list. */
export const lists: fc.Arbitrary<Sample> = fc
  .array(fc.oneof(fc.constantFrom('', ' ', "it's", 'é𝒳', 'null', '"'), fc.string({ maxLength: 5 })), { maxLength: 4 })
  .map((items) => items.map((item) => item.replaceAll(/[,\0]/g, '')))
  .filter((items) => items.length !== 1 || items[0] !== '')
  .map((given) => ({ given, text: given.join(',') }));
