import type { HoldfastError } from '@holdfast/errors';
import { freezeThroughout } from '../plain-data/freeze.js';
import type { QueryCondition } from '../condition/condition.js';

/** What must be there for a scope to mean anything, e.g. the domain whose sessions are asked for. */
export interface ExistenceCheck {
  /** The entity, as the DataSource knows it: its EntitySchema, class or name. */
  readonly entity: unknown;
  readonly condition: QueryCondition<never>;
  /** The error where no such row is there. */
  readonly error: () => HoldfastError;
}

/** A check that a row is there: `existenceCheck<DomainRow>(DomainRow, { name: { eq: name } }, () => new DomainNotFound(name))`. */
export function existenceCheck<Row>(
  entity: unknown,
  condition: QueryCondition<Row>,
  error: () => HoldfastError,
): ExistenceCheck {
  return Object.freeze({ entity, condition: freezeThroughout(condition) as unknown as QueryCondition<never>, error });
}
