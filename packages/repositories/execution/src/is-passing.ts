import { HoldfastError } from '@holdfast/errors';

/** Whether what failed may succeed later: not what was refused for what it is, which says so by its status. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof HoldfastError)) return false;
  return error.retryable || error.outcome === 'unknown' || error.httpStatus === 503 || error.httpStatus === 504;
}
