import { type ExistenceCheck, type Scope, scopesOf, type SearchScope } from '@holdfast/querier';
import { compileRowScope } from '../row-level-security/compile-row-scope.js';
import type { EntityDefinition } from './entity-definition.js';
import { compileExistenceChecks } from './existence-checks.js';
import type { ReadSpec, WriteSpec } from './spec.js';

export interface WithinScopeOptions {
  /** Whether the spec reads rows behind relations. Default true. */
  readonly relations?: boolean;
}

/**
 * The spec with what its scope asks for ahead of it: existence checks, and the settings of row-level security where the
 * entity is under it. Standard operations come with it; specs of one's own are put into it.
 *
 * The settings are also those of the scopes behind relations. A spec that reads nothing there says `relations: false`:
 * for less is visible to it then.
 */
export function withinScope<Row extends object, Spec extends ReadSpec<unknown> | WriteSpec<unknown>>(
  { rowLevelSecurity }: Pick<EntityDefinition<Row, never, never>, 'rowLevelSecurity'>,
  scope: Scope<Row>,
  spec: Spec,
  { relations = true }: WithinScopeOptions = {},
): Spec {
  if (rowLevelSecurity === undefined && !hasChecks(scope)) return spec;
  const plan: Spec['plan'] = (catalog) => {
    const planned = spec.plan(catalog);
    const settings =
      rowLevelSecurity === undefined ? null : compileRowScope(rowLevelSecurity, catalog, scope, relations);
    const checks = compileExistenceChecks(catalog, checksOf(scope));
    return settings === null && checks === null ? planned : { ...planned, ahead: { settings, checks } };
  };
  const put: Spec = { ...spec, plan };
  return Object.freeze(put);
}

function hasChecks(scope: unknown): boolean {
  if (Array.isArray(scope)) return scope.some(hasChecks);
  return ((scope as Partial<SearchScope<never>> | null | undefined)?.existenceChecks ?? nothing).length > 0;
}

const nothing = [] as const;

function checksOf<Row>(scope: Scope<Row>): readonly ExistenceCheck[] {
  return (scopesOf(scope) ?? []).flatMap(({ existenceChecks }) => existenceChecks);
}
