import { isHoldfastError } from '@holdfast/errors';
import { errorDetailOf } from './error-detail.js';

/** Whether an error is one of ours that says that the time was over. */
export function saysTimeout(error: unknown): boolean {
  return isHoldfastError(error) && errorDetailOf(error) === 'timeout';
}
