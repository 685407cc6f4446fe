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
  const check = fittingCheck(error, checks);
  return check === undefined ? error : check.error(error as IntegrityViolation);
}

/** The first check that fits an error. */
export function fittingCheck(
  error: HoldfastError,
  checks: readonly IntegrityErrorCheck[],
): IntegrityErrorCheck | undefined {
  if (!(error instanceof IntegrityViolation)) return undefined;
  return checks.find(
    ({ violation, constraint }) =>
      error instanceof violation && (constraint === undefined || constraint === error.constraint),
  );
}
