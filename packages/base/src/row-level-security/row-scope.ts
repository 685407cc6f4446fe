import type { Scope } from '@holdfast/querier';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { Step } from '../wire/statement.js';
import { compileRowScope } from './compile-row-scope.js';
import type { RowLevelSecurity } from './row-level-security.js';

/** Whose rows SQL of one's own may touch in tables under row-level security: an option of dbSessions. */
export interface RowScope {
  settings(catalog: EntityCatalog): Step;
}

/**
 * The rows of a scope, for SQL of one's own: `beginSession(work, { rowScope: rowScope(declaration, scope) })`. It is the
 * second wall: the SQL still says itself whose rows it means. What the scope lets be seen behind relations is part of it.
 */
export function rowScope<Row extends object>(declaration: RowLevelSecurity<Row>, scope: Scope<Row>): RowScope {
  return Object.freeze({ settings: (catalog: EntityCatalog) => compileRowScope(declaration, catalog, scope, true) });
}
