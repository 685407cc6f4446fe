import { errorCodeOf, FOREIGN_ERROR_CODE, isHoldfastError } from '@holdfast/errors';

/** What the conventions call an error of which nothing is known. */
const OTHER = '_OTHER';

const identifier = /^[\p{L}_$][\p{L}\p{N}_$.]{0,99}$/u;

/**
 * The `error.type` of an error, never made of its message: the code of Holdfast's errors and of the reasons of an
 * AbortSignal, as `PrometheusObserver` counts them; the name of all others.
 */
export function errorType(error: unknown): string {
  try {
    const code = errorCodeOf(error);
    if (isHoldfastError(error) || code !== FOREIGN_ERROR_CODE) return code;
    const { name } = error as { readonly name?: unknown };
    return typeof name === 'string' && identifier.test(name) ? name : OTHER;
  } catch {
    return OTHER; // No object, or one whose fields cannot be read.
  }
}
