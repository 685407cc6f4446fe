import type { HoldfastError } from '@holdfast/errors';
import { IntegrityViolation } from './database-error.js';

/** Turns a violation of one kind, and of one constraint if it is named, into a domain's own error. */
export interface IntegrityErrorCheck {
  readonly violation: new (...args: never[]) => IntegrityViolation;
  /** The constraint's or index's name. Default: any. */
  readonly constraint?: string;
  /** Makes the domain's error, with the violation as its cause. */
  readonly error: (violation: IntegrityViolation) => HoldfastError;
}

/** The error that callers see: of the first check that fits, or the error as it is. */
export function checkedIntegrityError(error: HoldfastError, checks: readonly IntegrityErrorCheck[]): HoldfastError {
  if (!(error instanceof IntegrityViolation)) return error;
  const check = checks.find(
    ({ violation, constraint }) =>
      error instanceof violation && (constraint === undefined || constraint === error.constraint),
  );
  return check === undefined ? error : check.error(error);
}
