import { isHoldfastError } from '@holdfast/errors';
import { errorDetailOf } from '../error-detail.js';

const details: ReadonlySet<string> = new Set(['not-found', 'already-exists', 'conflict', 'gone', 'mismatch']);

/**
 * What a CircuitBreakerPolicy takes for a sign of life by default, as good as a success: Holdfast's errors that only
 * somebody who was reached can give, by the last word of their code: `not-found`, `already-exists`, `conflict`, `gone`,
 * `mismatch`. Otherwise a half-open circuit would never close where most calls end so.
 */
export function isAnswer(error: unknown): boolean {
  return isHoldfastError(error) && details.has(errorDetailOf(error));
}
