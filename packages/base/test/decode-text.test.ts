import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { columnType } from '@holdfast/querier';
import { textDecoder } from '../src/wire/decode-text.js';

const decoded = (type: string, text: string): unknown => textDecoder(columnType(type))(text);

describe('a text of PostgreSQL', () => {
  it.each([
    ['0044-03-15 12:00:00.5+00 BC', '-000043-03-15T12:00:00.500000Z'],
    ['0001-01-01 00:00:00+00 BC', '0000-01-01T00:00:00.000000Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000000Z'],
    ['2026-03-08 01:59:59.999999+05:45', '2026-03-07T20:14:59.999999Z'],
  ])('%s is the moment that it says', (text, iso) =>
    expect((decoded('timestamptz', text) as Date).toISOString()).toBe(iso),
  );

  it('of a time without zone is a local one, before Christ too', () => {
    expect(decoded('timestamp', '2026-07-01 01:02:03.004')).toEqual(new Date(2026, 6, 1, 1, 2, 3, 4));
    expect((decoded('timestamp', '0044-03-15 01:02:03 BC') as Date).getFullYear()).toBe(-43);
  });

  it.each(['0044-03-15 BC', '294276-12-31', '-infinity', '2026-03-15'])('is the day %s', (text) =>
    expect(decoded('date', text)).toBe(text),
  );

  it.each([
    ['timestamptz', '294276-12-31 23:59:59.999999+00'],
    ['timestamp', '294276-12-31 23:59:59.999999'],
  ])('of type %s that no Date can hold is refused: %s', (type, text) =>
    expect(() => decoded(type, text)).toThrow('no Date can hold'),
  );

  it.each([
    ['date', '15/03/2026'],
    ['date', '03-15-2026'],
    ['timestamptz', '15/03/2026 01:02:03 EST'],
    ['timestamp', '15/03/2026 01:02:03'],
  ])('of type %s in another DateStyle is refused: %s', (type, text) =>
    expect(() => decoded(type, text)).toThrow(Misuse),
  );
});
