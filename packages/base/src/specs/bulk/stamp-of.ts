import { SearchScope, Unscoped } from '@holdfast/querier';

/** What all rows of a scope have; null where that depends on the row, or where the scope refuses rows, or is none. */
export function stampOf(scope: unknown): Readonly<Record<string, unknown>> | null {
  if (Unscoped.isUnscoped(scope)) return {};
  return SearchScope.isScope(scope) && scope.where === null ? scope.stamp : null;
}
