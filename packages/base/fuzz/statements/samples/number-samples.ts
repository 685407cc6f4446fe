import fc from 'fast-check';
import type { Sample } from '../sample.js';

const numbers = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<Sample> =>
  arbitrary.map((given) => ({ given, text: Object.is(given, -0) ? '-0' : String(given) }));

const whole = (bits: number): fc.Arbitrary<Sample> => {
  const [min, max] = [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  return numbers(fc.oneof(fc.constantFrom(0, -0, 1, -1, min, max), fc.integer({ min, max })));
};

export const smallints: fc.Arbitrary<Sample> = whole(16);
export const integers: fc.Arbitrary<Sample> = whole(32);

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

export const bigints: fc.Arbitrary<Sample> = fc.oneof(
  fc.constantFrom(0n, least, most, 2n ** 53n, -(2n ** 53n) - 1n).map((n) => ({ given: String(n), text: String(n) })),
  fc.bigInt({ min: least, max: most }).map((n) => ({ given: n, text: String(n) })),
  fc.maxSafeInteger().map((n) => ({ given: n, text: String(n) })),
);

const decimals = fc
  .tuple(fc.constantFrom('', '-', '+'), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: 0, max: 20 }))
  .map(([sign, digits, scale]) => {
    const text = String(digits).padStart(scale + 1, '0');
    return `${sign}${text.slice(0, text.length - scale)}${scale === 0 ? '' : `.${text.slice(-scale)}`}`;
  });

export const numerics: fc.Arbitrary<Sample> = fc.oneof(
  decimals.map((text) => ({ given: text, text })),
  fc.constantFrom('1e-20', '.5', '1.', '0.00', '1e100', '-0').map((text) => ({ given: text, text })),
  numbers(fc.constantFrom(0, 1e21, 1e-7, 0.1, -1.5, 2 ** 53)),
  fc.constantFrom('NaN', 'Infinity', '-Infinity').map((text) => ({ text })),
);

/** For columns of numeric(20,5). */
export const smallNumerics: fc.Arbitrary<Sample> = fc.oneof(
  fc
    .constantFrom('0', '123456789012345.12345', '-1.000005', '0.000001', '99999')
    .map((text) => ({ given: text, text })),
  numbers(fc.constantFrom(0, 0.1, -1.5, 1e-7)),
);

export const floats: fc.Arbitrary<Sample> = numbers(
  fc.oneof(
    fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 0.1, 1 / 3, Number.MAX_VALUE, Number.MIN_VALUE, 1e21, 1e-7),
    fc.double(),
  ),
);

export const reals: fc.Arbitrary<Sample> = numbers(
  fc.oneof(fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 0.1, 16_777_217, 1e-7), fc.float()),
);

export const booleans: fc.Arbitrary<Sample> = fc.boolean().map((given) => ({ given, text: String(given) }));
