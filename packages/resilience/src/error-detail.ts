import { errorCodeOf } from '@holdfast/errors';

/** The last word of an error's code, foreign errors included, e.g. `unavailable`. */
export function errorDetailOf(error: unknown): string {
  const code = errorCodeOf(error);
  return code.slice(code.lastIndexOf('_') + 1);
}
