import { type ExistenceCheck, type Scope, scopesOf, type SearchScope } from '@holdfast/querier';
import { compileRowScope } from '../row-level-security/compile-row-scope.js';
import type { EntityDefinition } from './entity-definition.js';
import { compileExistenceChecks } from './existence-checks.js';
import type { ReadSpec, StatementWrite } from './spec.js';

/** What a spec that is put into a scope does not need of it. */
export interface WithinScopeOptions {
  /** Whether the spec reads rows behind relations. Default true. */
  readonly relations?: boolean;
  /** Whether the scope's existence checks come before it. Default true; not where they came before another of one unit. */
  readonly existenceChecks?: boolean;
}

/**
 * The spec with what its scope asks for ahead of it: existence checks, and the settings of row-level security where the
 * entity is under it. Standard operations come with it; specs of one's own are put into it.
 *
 * The settings are also those of the scopes behind relations. A spec that reads nothing there says `relations: false`:
 * for less is visible to it then.
 */
export function withinScope<Row extends object, Spec extends ReadSpec<unknown> | StatementWrite<unknown>>(
  { rowLevelSecurity }: Pick<EntityDefinition<Row, never, never>, 'rowLevelSecurity'>,
  scope: Scope<Row>,
  spec: Spec,
  { relations = true, existenceChecks = true }: WithinScopeOptions = {},
): Spec {
  const asks = existenceChecks && hasChecks(scope);
  if (rowLevelSecurity === undefined && !asks) return spec;
  const plan: Spec['plan'] = (catalog, actor) => {
    const planned = spec.plan(catalog, actor);
    const settings =
      rowLevelSecurity === undefined ? null : compileRowScope(rowLevelSecurity, catalog, scope, relations);
    const checks = asks ? compileExistenceChecks(catalog, checksOf(scope)) : null;
    return settings === null && checks === null ? planned : { ...planned, ahead: { settings, checks } };
  };
  const put: Spec = { ...spec, plan };
  return Object.freeze(put);
}

/**
 * One of the trips of an operation on rows of the entity alone, in its scope: nothing is read behind relations, and the
 * existence checks come before the first of them.
 */
export function tripWithinScope<Row extends object, Spec extends ReadSpec<unknown> | StatementWrite<unknown>>(
  definition: Pick<EntityDefinition<Row, never, never>, 'rowLevelSecurity'>,
  scope: Scope<Row>,
  spec: Spec,
  isFirst: boolean,
): Spec {
  return withinScope(definition, scope, spec, { relations: false, existenceChecks: isFirst });
}

function hasChecks(scope: unknown): boolean {
  if (Array.isArray(scope)) return scope.some(hasChecks);
  return ((scope as Partial<SearchScope<never>> | null | undefined)?.existenceChecks ?? nothing).length > 0;
}

const nothing = [] as const;

function checksOf<Row>(scope: Scope<Row>): readonly ExistenceCheck[] {
  return (scopesOf(scope) ?? []).flatMap(({ existenceChecks }) => existenceChecks);
}
