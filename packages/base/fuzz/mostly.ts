import fc from 'fast-check';

/** What is right, but for one time in so many. */
export function mostly(right: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown>, oneIn = 40): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: right }, { weight: 1, arbitrary: odd });
}
