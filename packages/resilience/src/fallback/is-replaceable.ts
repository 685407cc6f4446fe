import { isHoldfastError } from '@holdfast/errors';
import { errorDetailOf } from '../error-detail.js';
import { isConnectionFailure } from '../is-connection-failure.js';

// By name, since errors may come from another realm. Not Error itself, which says nothing.
const faults: ReadonlySet<unknown> = new Set([
  'TypeError',
  'ReferenceError',
  'RangeError',
  'SyntaxError',
  'EvalError',
  'URIError',
  'AssertionError',
]);

/**
 * What a fallback answers by default: that something failed which another way may do.
 *
 * - Not an error with the outcome `unknown` or `committed`: a write may be stored, and its caller has to know.
 * - Not an answer: one of Holdfast's errors with a status below 500, e.g. that there is no such row, or an input was refused.
 * - Not the end of the call by its caller: an AbortError, or the code detail `canceled`.
 * - Not a fault of the program: Misuse (`bad-request`), a TypeError and its like, save those of a connection that failed.
 */
export function isReplaceable(error: unknown): boolean {
  const detail = errorDetailOf(error);
  if (detail === 'canceled' || detail === 'bad-request') return false;
  if (isHoldfastError(error)) return error.outcome === 'not-committed' && error.httpStatus >= 500;
  return isConnectionFailure(error) || !isFault(error);
}

function isFault(error: unknown): boolean {
  return typeof error === 'object' && error !== null && faults.has((error as { readonly name?: unknown }).name);
}
