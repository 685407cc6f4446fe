import { Decimal } from 'decimal.js';

const rounding = Decimal.ROUND_HALF_EVEN;

/** Sums and products that are exact: no amount times a time has as many digits. */
export const Exact = Decimal.clone({ precision: 150, rounding });

/** Quotients and powers, which are never exact: good for far more digits than are stored. */
export const Ratio = Decimal.clone({ precision: 40, rounding });

const LN2 = Ratio.ln(2);

/** Digits after the point of what is stored. */
const STORED_PLACES = 18;

/** What is left of 1 after so many halvings, which need not be whole. */
export function halved(halvings: Decimal): Decimal {
  // Of the library's ways to a power the one that is several times faster.
  return Ratio.exp(new Ratio(halvings).times(LN2).negated());
}

/** Decimal text without an exponent, rounded to what is stored. */
export function stored(value: Decimal): string {
  return value.toDecimalPlaces(STORED_PLACES).toFixed();
}
