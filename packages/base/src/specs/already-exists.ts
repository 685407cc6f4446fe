import type { HoldfastError } from '@holdfast/errors';
import type { CreatorSpec } from './creation.js';
import type { EntityDefinition } from './entity-definition.js';

/** The domain's error for rows of which one is there already: of many it is not known which. `cause` is what told so. */
export function alreadyExists<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  specs: readonly CreatorSpec<Row>[],
  cause?: HoldfastError,
): HoldfastError {
  const exists = definition.alreadyExists(specs.length === 1 ? specs[0]!.values : null);
  if (cause !== undefined) exists.cause ??= cause;
  return exists;
}
