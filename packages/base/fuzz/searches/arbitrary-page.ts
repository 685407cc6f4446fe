import fc from 'fast-check';
import { MARK } from './fuzzed-values.js';
import { mostly } from '../mostly.js';

type Page = Readonly<Record<string, unknown>>;

const size = fc.constantFrom(1, 2, 3, 20, 100);

/** A page that there is; cursors are forged. */
const right: fc.Arbitrary<Page> = fc.oneof(
  { weight: 4, arbitrary: size.map((first): Page => ({ first })) },
  { weight: 2, arbitrary: size.map((last): Page => ({ last })) },
  { weight: 2, arbitrary: fc.record({ limit: size, offset: fc.constantFrom(0, 1, 5, 10_000) }) },
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ first: 0 }) },
);

// prettier-ignore
const forged = fc.constantFrom('', MARK, 'AAAA', 'AQ', 'Ag', 'a'.repeat(4_097), 'WzIsInRoaW5nIl0', '/../', 'null', '[]', 'eyJhIjoxfQ==');

/** The members of a request that say which page is asked for, right but for something odd now and then. */
export function arbitraryPage(odd: fc.Arbitrary<unknown>): fc.Arbitrary<Page> {
  const member = fc.constantFrom('first', 'after', 'last', 'before', 'limit', 'offset');
  const stray = fc.tuple(right, member, fc.oneof(odd, size, forged));
  const cursor = fc.tuple(size, fc.oneof(forged, fc.base64String()));
  return mostly(
    right,
    fc.oneof(
      stray.map(([page, name, value]) => ({ ...page, [name]: value })),
      cursor.map(([first, after]) => ({ first, after })),
      cursor.map(([last, before]) => ({ last, before })),
    ),
    15,
  ) as fc.Arbitrary<Page>;
}
