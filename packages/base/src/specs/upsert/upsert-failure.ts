import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { DatabaseError, StalePlan } from '../../errors/database-error.js';
import { alreadyExists } from '../already-exists.js';
import type { CreatorSpec } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import type { EntityDefinition } from '../entity-definition.js';

// A policy refuses to change the row that is there: it belongs to somebody else (PostgreSQL: CREATE POLICY, table 297).
const INSUFFICIENT_PRIVILEGE = '42501';
// One statement would change a row twice.
const CARDINALITY_VIOLATION = '21000';
// PostgreSQL tells of no row of a partitioned table whether it is new.
const FEATURE_NOT_SUPPORTED = '0A000';

/** The domain's error for rows that could not be upserted. */
export function upsertFailure<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  specs: readonly CreatorSpec<Row>[],
  error: HoldfastError,
): HoldfastError {
  // It has the same SQLSTATE as what is not supported, and is to be made again.
  if (error instanceof StalePlan) return error;
  if (error instanceof DatabaseError && error.sqlState === CARDINALITY_VIOLATION) {
    return new InvalidInput(
      'INVALID_VALUE',
      'Two of these rows are the same row: one upsert changes a row once.',
      '',
      error,
    );
  }
  if (error instanceof DatabaseError && error.sqlState === FEATURE_NOT_SUPPORTED) {
    return new Misuse(`${mapping.name} takes no upserts: its table is partitioned, or a view.`, error);
  }
  const isGuarded = definition.rowLevelSecurity !== undefined;
  if (!isGuarded || !(error instanceof DatabaseError) || error.sqlState !== INSUFFICIENT_PRIVILEGE) {
    return creationFailure(definition, mapping, specs, error);
  }
  return alreadyExists(definition, specs, error);
}
