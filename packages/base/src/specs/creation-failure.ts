import type { HoldfastError } from '@holdfast/errors';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { UniqueViolation } from '../errors/database-error.js';
import { alreadyExists } from './already-exists.js';
import type { CreatorSpec } from './creation.js';
import type { EntityDefinition } from './entity-definition.js';
import { rowsFailure } from './rows-failure.js';

/**
 * The domain's error for rows that could not be created: the one that the checks of the rows or of the entity say, else
 * the already-exists error where their key is taken.
 */
export function creationFailure<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  specs: readonly CreatorSpec<Row>[],
  error: HoldfastError,
): HoldfastError {
  const checked = rowsFailure(definition, specs, error);
  if (checked !== error || !(error instanceof UniqueViolation) || !isKeyTaken(mapping, error)) return checked;
  return alreadyExists(definition, specs, error);
}

/** The primary key as the entity, PostgreSQL or TypeORM names it. */
function isKeyTaken({ primaryKeyName }: EntityMapping, { constraint, table }: UniqueViolation): boolean {
  if (constraint === null) return false;
  if (primaryKeyName !== null) return constraint === primaryKeyName;
  return constraint === `${table}_pkey` || constraint.startsWith('PK_');
}
