import { type ExistenceCheck, type Scope, scopesOf, type SearchScope } from '@holdfast/querier';
import { compileRowScope } from '../row-level-security/compile-row-scope.js';
import type { EntityDefinition } from './entity-definition.js';
import { compileExistenceChecks } from './existence-checks.js';
import type { ReadSpec, WriteSpec } from './spec.js';

/**
 * The spec with what its scope asks for ahead of it: existence checks, and the settings of row-level security where the
 * entity is under it. Standard operations come with it; specs of one's own are put into it.
 */
export function withinScope<Row extends object, Spec extends ReadSpec<unknown> | WriteSpec<unknown>>(
  { rowLevelSecurity }: Pick<EntityDefinition<Row, never, never>, 'rowLevelSecurity'>,
  scope: Scope<Row>,
  spec: Spec,
): Spec {
  if (rowLevelSecurity === undefined && !hasChecks(scope)) return spec;
  const plan: Spec['plan'] = (catalog) => {
    const planned = spec.plan(catalog);
    const settings = rowLevelSecurity === undefined ? null : compileRowScope(rowLevelSecurity, catalog, scope);
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
