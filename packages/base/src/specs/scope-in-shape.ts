import { encodeElement, type Scope, SearchScope, Unscoped } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { StatementShape } from '../entity/statement-shapes.js';

/**
 * A scope as part of a statement's shape. False where it says more than which columns are equal; then the text of the
 * statement has to be written.
 */
export function scopeInShape<Row>(mapping: EntityMapping, scope: Scope<Row>, shape: StatementShape): boolean {
  if (Unscoped.isUnscoped(scope)) return true;
  if (!SearchScope.isScope(scope) || scope.where !== null) return false;
  shape.and(scoped);
  const { stamp } = scope;
  for (const property of Object.keys(stamp)) {
    const column = mapping.columns.get(property);
    if (column === undefined) return false;
    shape.value(column, encodeElement(column.type, stamp[property], `/scope${column.pointer}`));
  }
  return true;
}

const scoped = 'within';
