import { errorCode, isHoldfastError } from '@holdfast/errors';
import { errorType } from './error-type.js';

const TIMEOUT = errorCode('backendai', 'generic', 'timeout');

/**
 * Whether an operation that rejected has failed, or answered: what was asked for is not there, is there already or may not
 * be (a status below 500), or the caller did not want to know any longer.
 */
export function isFailure(error: unknown, signal: AbortSignal | null): boolean {
  if (isHoldfastError(error)) return error.httpStatus >= 500;
  const isReason = signal !== null && signal.aborted && error === signal.reason;
  // The time of AbortSignal.timeout is one that the operation should have kept to.
  return !isReason || errorType(error) === TIMEOUT;
}
