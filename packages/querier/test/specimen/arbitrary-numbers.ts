import fc from 'fast-check';

export const arbitraryInteger: fc.Arbitrary<number> = fc.constantFrom(-32_768, -2, -1, 0, 1, 2, 9, 10, 32_767);

/** 64-bit integers in every form, some of them no JavaScript number. */
export const arbitraryBigint: fc.Arbitrary<number | bigint | string> = fc.oneof(
  arbitraryInteger,
  fc.constantFrom('-9223372036854775808', '9007199254740992', '9007199254740993', '9223372036854775807'),
  fc.constantFrom(0n, 1n, 9007199254740993n),
);

// prettier-ignore
const decimals = ['0', '-0', '0.0', '1', '1.0', '+1.00', '.1', '1.', '1e-20', '12345678901234567890.5', '12345678901234567890.50', '-1.5e3'];

/** Decimals of any scale, as text and as numbers. */
export const arbitraryDecimal: fc.Arbitrary<string | number> = fc.oneof(
  fc.constantFrom(...decimals),
  fc.constantFrom(0, -0, 0.1, 1, 1e21, 1e-7, -1500, 0.30000000000000004),
);

const special = [NaN, Infinity, -Infinity, 0, -0, 1, 0.1];

export const arbitraryDouble: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...special, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, -1e21) },
  fc.double(),
);

/** Of single precision, and what is rounded to it. */
export const arbitraryReal: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...special, Math.fround(0.1), 16_777_217, 1e-40, -3.4e38) },
  fc.float(),
);
