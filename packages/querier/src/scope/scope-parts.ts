import type { EntityShape } from '../entity/entity-shape.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import type { TextParts } from '../entity/text-parts.js';
import type { Scope } from './scope.js';
import { SearchScope } from './search-scope.js';
import { Unscoped } from './unscoped.js';

/**
 * A scope as parts of its text, with its values. False where it says more than which columns are equal, and for what is no
 * genuine scope of the entity. Throws for values that are refused, without saying where they are.
 */
export function scopeParts<Row>(shape: EntityShape, scope: Scope<Row>, writer: SqlWriter, into: TextParts): boolean {
  if (Unscoped.isUnscoped(scope)) return true;
  if (!SearchScope.isScope(scope) || scope.where !== null) return false;
  into.and('within');
  const { stamp } = scope;
  for (const property of Object.keys(stamp)) {
    const column = shape.columns.get(property);
    if (column === undefined) return false;
    writer.element(column.type, stamp[property], '');
    into.and(column);
  }
  return true;
}
