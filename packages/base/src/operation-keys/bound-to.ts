import type { Scope } from '@holdfast/querier';
import { createdRows } from '../specs/bulk/created-rows.js';
import { areRepeatable, type Items } from '../specs/bulk/chunks.js';
import { updatedRows, type BulkUpdate } from '../specs/bulk/updated-rows.js';
import { batchSpec } from '../specs/batch.js';
import type { BatchTarget } from '../specs/batch-target.js';
import type { CreatorSpec } from '../specs/creation.js';
import { creator } from '../specs/creator.js';
import type { EntityDefinition } from '../specs/entity-definition.js';
import { purger } from '../specs/purge/purger.js';
import type { StatementWrite, WriteSpec } from '../specs/spec.js';
import { upsertedRows } from '../specs/upsert/upserted-rows.js';
import type { UpsertRule } from '../specs/upsert/upserter-spec.js';
import { askedFor } from './asked-for.js';
import { scopeDigest } from './digest.js';

/** The write with what its operation key belongs to. */
export function owned<Row extends object, Spec extends WriteSpec<unknown>>(scope: Scope<Row>, spec: Spec): Spec {
  const digest = (): string => scopeDigest(scope);
  if (!('plan' in spec)) return Object.freeze<Spec>({ ...spec, scopeDigest: digest });
  // Written out: most writes are these, and V8 is slow to add to what was spread.
  const { kind, name, plan, locks }: StatementWrite<unknown> = spec;
  const put: StatementWrite<unknown> = { kind, name, plan, locks, scopeDigest: digest };
  return Object.freeze(put) as Spec;
}

/**
 * The same where it may be a write of several statements: `same` makes one statement that asks for the same, or null. One
 * statement says so itself.
 */
export function asking<Row extends object, Data, Id, Spec extends WriteSpec<unknown>>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: Spec,
  same: (definition: EntityDefinition<Row, Data, Id>, scope: Scope<Row>) => WriteSpec<unknown> | null,
): Spec {
  if ('plan' in spec) return owned(scope, spec);
  return owned(scope, { ...spec, payload: askedFor(definition, () => same(definition, scope)) });
}

type Same = <Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
) => WriteSpec<unknown> | null;

/** One creation. */
export function creationOfOne(spec: CreatorSpec<never>): Same {
  return (definition, scope) => creator(definition, scope, spec as never);
}

/** Many creations, where they can be read twice. */
export function creations(specs: Items<CreatorSpec<never>>): Same {
  return (definition, scope) =>
    areRepeatable(specs) ? createdRows(definition, scope, [...(specs as Iterable<never>)], 0, 'nothing') : null;
}

/** Many changes, where they can be read twice. */
export function changes(updates: Items<BulkUpdate<never, never>>): Same {
  return (definition, scope) =>
    areRepeatable(updates) ? updatedRows(definition, scope, [...(updates as Iterable<never>)], 0) : null;
}

/** One purge. */
export function purge(id: unknown): Same {
  return (definition, scope) => purger(definition, scope, id as never);
}

/** Purges of many. */
export function purges(target: BatchTarget<never, never> | Items<unknown>): Same {
  return (definition, scope) => {
    const isMany =
      typeof target === 'object' && target !== null && (Symbol.iterator in target || Symbol.asyncIterator in target);
    if (isMany && !areRepeatable(target as Items<unknown>)) return null;
    const given = isMany ? [...(target as Iterable<never>)] : target;
    return batchSpec(definition, scope, given as never, 'purge');
  };
}

/** Upserts of many. */
export function upserts(specs: readonly CreatorSpec<never>[], rule?: UpsertRule<never>): Same {
  return (definition, scope) => upsertedRows(definition, scope, specs as never, (rule ?? {}) as never, 0);
}
