import fc from 'fast-check';
import type { Sample } from '../sample.js';

// prettier-ignore
const nasty = [
  '', ' ', '\t\r\n', 'NULL', 'null', '\\N', '{}', '{NULL}', '[]', '""', '"', "'", "''", '\\', '\\\\', '\\"', 'a,b', '{a,"b"}', '$1', '$$',
  ':name', '?', '%_', '--', "'; --", '\u0001\u007f', 'é', 'e\u0301', 'ß', '𝒳', '👩‍👩‍👧', '\ufeff', '\uffff', '\u2028', '\u{10ffff}', 'İ', 'x'.repeat(64),
];

/** Texts of any characters that PostgreSQL stores. (fast-check's own take a second to be made ready.) */
export function unicode(maxLength: number): fc.Arbitrary<string> {
  const point = fc.oneof(
    fc.integer({ min: 1, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  );
  return fc.array(point, { maxLength }).map((points) => String.fromCodePoint(...points));
}

const written = (text: string): Sample => ({ text, given: text });

/** Of so many characters at most, as PostgreSQL counts them: by code points. */
const short = (text: string): string => Array.from(text).slice(0, 40).join('');

/** Texts of at most 40 characters, for columns with a length. */
export const shortTexts: fc.Arbitrary<Sample> = fc
  .oneof(fc.constantFrom(...nasty), unicode(12), fc.string({ maxLength: 8 }))
  .map((text) => written(short(text)));

/** Any texts, up to some that fill packets of a network several times. */
export const texts: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 40, arbitrary: shortTexts },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', 'é', '𝒳', '"', '\\'), fc.integer({ min: 1_000, max: 70_000 }))
      .map(([unit, count]) => written(unit.repeat(count))),
  },
);

export const uuids: fc.Arbitrary<Sample> = fc
  .oneof(
    fc.uuid(),
    fc.uuid().map((id) => id.toUpperCase()),
    fc.constantFrom('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
  )
  .map(written);

/** The labels of enums. TypeORM has no way to make one of a label with a quotation mark in it. */
export const labels: readonly string[] = [
  'plain',
  'Two Words',
  'comma, brace}',
  'quo"te',
  'back\\slash',
  'NULL',
  '7',
  'ünï𝒳',
  "it's",
];

/** An enum of TypeScript that has numbers. */
export const numberLabels: readonly number[] = [0, 1, 2, 10, -1];
