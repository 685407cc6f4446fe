import type { HoldfastError } from '@holdfast/errors';
import { checkedIntegrityError, fittingCheck, type IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import type { EntityDefinition } from './entity-definition.js';

/** What a row says of the violations that it may meet. */
interface CheckedRow {
  readonly integrityErrorChecks?: readonly IntegrityErrorCheck[];
}

/**
 * The domain's error for rows of which one, and nobody knows which, violates a constraint: what the checks of the rows
 * say where all that fit say the same (by the same `error`), else those of the entity's definition.
 */
export function rowsFailure<Row extends object, Data, Id>(
  { integrityErrorChecks = [] }: EntityDefinition<Row, Data, Id>,
  rows: readonly (CheckedRow | null | undefined)[],
  error: HoldfastError,
): HoldfastError {
  const fitting = rows
    .map((row) => fittingCheck(error, row?.integrityErrorChecks ?? []))
    .filter((check) => check !== undefined);
  const agreed = fitting.every((check) => check.error === fitting[0]!.error) ? fitting.slice(0, 1) : [];
  return checkedIntegrityError(error, [...agreed, ...integrityErrorChecks]);
}
