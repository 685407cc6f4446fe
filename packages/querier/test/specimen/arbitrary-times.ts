import fc from 'fast-check';

// prettier-ignore
const moments = ['2024-02-29T12:00:00.123Z', '2024-02-29T12:00:00.124Z', '1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'];
// prettier-ignore
const microseconds = ['2024-02-29T12:00:00.123456Z', '2024-02-29T13:30:00.123457+01:30', '2024-02-29T12:00Z', '2024-02-28T22:00:00.123-14:00'];
const local = [
  '2024-02-29T12:00:00.123456',
  '2024-02-29T12:00:00.123457',
  '2024-02-29T12:00:00.123',
  '0001-01-01T00:00',
];

/** Instants as Date and as text, with microseconds and offsets. */
export const arbitraryInstant: fc.Arbitrary<Date | string> = fc.oneof(
  fc.constantFrom(...moments).map((text) => new Date(text)),
  fc.constantFrom(...microseconds, ...moments),
);

/** Local times as Date and as text without an offset. */
export const arbitraryLocalTime: fc.Arbitrary<Date | string> = fc.oneof(
  fc.constantFrom(...local.map((text) => text.slice(0, 23))).map((text) => new Date(text)),
  fc.constantFrom(...local),
);

// prettier-ignore
export const arbitraryDay: fc.Arbitrary<string> = fc.constantFrom('2024-02-29', '2024-03-01', '0001-01-01', '9999-12-31', '10000-01-01', '294277-01-01');

// prettier-ignore
export const arbitraryTime: fc.Arbitrary<string> = fc.constantFrom('00:00', '00:00:00.000001', '12:00', '12:00:00', '12:00:00.5', '12:00:00.500000', '23:59:59.999999');
