import { InvalidInput } from '@holdfast/errors';
import { Exact } from './exact.js';

const text = /^\d{1,6}(?:\.\d{1,4})?$/;

/**
 * A weight as exact decimal text: above zero, at most six digits before the point and four after it. Who has twice the
 * weight may use twice as much for the same factor. Throws `InvalidInput` (`INVALID_VALUE`).
 */
export function fairShareWeight(weight: string | number, pointer = '/weight'): string {
  const given = typeof weight === 'number' || typeof weight === 'string' ? String(weight) : '';
  if (text.test(given)) {
    const exact = new Exact(given);
    if (!exact.isZero()) return exact.toFixed();
  }
  throw new InvalidInput(
    'INVALID_VALUE',
    'A weight is above zero, with at most six digits before the point and four after it.',
    pointer,
  );
}
