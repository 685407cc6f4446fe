import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uuidList } from '../src/entity/uuid-list.js';

/** RFC 9562, section 4, read the other way: by what the parts are. */
function isUuid(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const parts = value.split('-');
  const isHex = (part: string): boolean => [...part].every((digit) => '0123456789abcdefABCDEF'.includes(digit));
  return parts.length === 5 && parts.every((part, i) => part.length === [8, 4, 4, 4, 12][i] && isHex(part));
}

const uuid = fc.oneof(
  fc.uuid(),
  fc.uuid().map((one) => one.toUpperCase()),
);

/** A UUID with one sign replaced; by one of another script, whose lowest byte is a digit's, for instance. */
const nearly = fc
  .tuple(
    uuid,
    fc.nat(35),
    fc.oneof(
      fc.constantFrom('-', ',', 'g', 'G', '0', '\u0131', '\u012d', '\0', '\u{1d7d8}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  )
  .map(([one, at, sign]) => one.slice(0, at) + sign + one.slice(at + 1));

const value = fc.oneof({ weight: 8, arbitrary: uuid }, nearly, fc.constantFrom(null, undefined, '', 36, ['a']));

describe('a list of UUIDs', () => {
  it('is a text only where every value is one', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (values) => {
        expect(uuidList(values)).toBe(values.every(isUuid) ? values.join(',') : null);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is none where a value only looks like one when it is turned into a text', () => {
    const one = '0190163d-8694-739b-aea5-966c26f8ad91';
    expect(uuidList([[one]])).toBeNull();
    expect(uuidList([Object(one)])).toBeNull();
    // eslint-disable-next-line no-sparse-arrays -- A hole is no UUID.
    expect(uuidList([one, , one])).toBeNull();
    expect(uuidList([])).toBe('');
  });

  it('can be long, and short again', () => {
    const one = '0190163D-8694-739b-aea5-966c26f8ad91';
    for (const length of [1, 20_000, 2]) {
      const list = Array.from({ length }, () => one);
      expect(uuidList(list)).toBe(list.join());
      expect(uuidList([...list.slice(1), one.replace('D', 'x')])).toBeNull();
    }
  });
});
