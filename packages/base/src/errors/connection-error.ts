import { isHoldfastError } from '@holdfast/errors';
import { rowOf } from './classification.js';
import { runError } from './driver-error.js';

/**
 * Why no connection was to be had: nothing was sent. Worth another try where the server may be back by then; never for a
 * pool that has ended, a password or a certificate that is refused.
 */
export function connectionError(error: Error): Error {
  // A signal's reason is handed on as it is.
  if (isHoldfastError(error) || error.name === 'AbortError') return error;
  const isOfConnection = rowOf(error) !== null || typeof (error as { readonly code?: unknown }).code === 'string';
  return isOfConnection ? runError({ kind: 'not-sent', error }, 'not-sent') : error;
}
