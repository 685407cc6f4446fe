import fc from 'fast-check';
import type { Sample } from '../sample.js';

/** Texts in PostgreSQL's own form, which is also the form that programs give. */
const own = (...texts: readonly string[]): fc.Arbitrary<Sample> =>
  fc.constantFrom(...texts).map((text) => ({ text, given: text }));

const byte = fc.integer({ min: 0, max: 255 });
const bits = (min: number, max: number): fc.Arbitrary<Sample> =>
  fc
    .array(fc.constantFrom('0', '1'), { minLength: min, maxLength: max })
    .map((some) => ({ text: some.join(''), given: some.join('') }));

const address = fc.tuple(byte, byte, byte, byte).map((parts) => parts.join('.'));

export const inets: fc.Arbitrary<Sample> = fc.oneof(
  own('::1', 'fe80::1/64', '10.0.0.1/8', '0.0.0.0/0', '2001:db8::/32'),
  address.map((text) => ({ text, given: text })),
);
export const cidrs: fc.Arbitrary<Sample> = own('10.0.0.0/8', '192.168.1.0/24', '2001:db8::/32', '0.0.0.0/0');
export const macs: fc.Arbitrary<Sample> = own('08:00:2b:01:02:03', 'ff-ff-ff-ff-ff-ff', '0000.0000.0000');
export const macs8: fc.Arbitrary<Sample> = own('08:00:2b:01:02:03:04:05', 'ff:ff:ff:ff:ff:ff:ff:ff');
export const eightBits: fc.Arbitrary<Sample> = bits(8, 8);
export const someBits: fc.Arbitrary<Sample> = bits(0, 20);
