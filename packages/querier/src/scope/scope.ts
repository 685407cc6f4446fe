import { Misuse } from '@holdfast/errors';
import { SearchScope } from './search-scope.js';
import { Unscoped } from './unscoped.js';

/** Whose rows an operation may touch: one scope, the union of several, or none for a stated reason. Never optional. */
export type Scope<Row> = SearchScope<Row> | readonly [SearchScope<Row>, ...SearchScope<Row>[]] | Unscoped;

/** The scopes of a union, or null for `unscoped`. Throws Misuse for whatever is not a genuine, non-empty scope. */
export function scopesOf<Row>(scope: Scope<Row>): readonly SearchScope<Row>[] | null {
  if (Unscoped.isUnscoped(scope)) return null;
  // A copy: holes become members that are refused, and nothing changes after the check.
  const scopes = (Array.isArray(scope) ? [...scope] : [scope]) as readonly SearchScope<Row>[];
  if (scopes.length === 0) throw new Misuse('An empty list of scopes: say unscoped(reason) if no scope is meant.');
  if (!scopes.every((one) => SearchScope.isScope(one))) {
    throw new Misuse('An operation needs a scope: searchScope(…), a list of them, or unscoped(reason).');
  }
  return scopes;
}
