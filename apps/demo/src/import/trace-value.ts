import { z } from 'zod';

const largest = Number.MAX_SAFE_INTEGER;

/** A whole number that is not negative, up to `maximum`. */
export function wholeNumber(maximum: number = largest) {
  return z
    .string()
    .regex(/^\d{1,16}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().max(maximum, `is more than ${maximum}`));
}

/** The same, where an empty value means that there is none. */
export function optionalWholeNumber() {
  return z.union([z.literal('').transform(() => null), wholeNumber()], { error: 'is not a whole number' });
}

/** A name that can serve as an id: letters, digits, dots, underscores and hyphens. */
export function traceName() {
  return z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/,
      'is not a name of 1 to 64 letters, digits, ".", "_", "-"',
    );
}
