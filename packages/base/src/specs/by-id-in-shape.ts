import { encodeElement, type Scope, SearchScope, Unscoped } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { StatementShape } from '../entity/statement-shapes.js';
import { keyTexts } from './key-texts.js';

/**
 * Key and scope of an operation by id as part of its statement's shape. False where the scope says more than which columns are equal; then its text
 * has to be written.
 */
export function byIdInShape<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: unknown,
  shape: StatementShape,
): boolean {
  const { primaryKey } = mapping;
  const texts = keyTexts(mapping, id, primaryKey.length === 1 ? primaryKey[0]!.pointer : '');
  for (const text of texts) shape.values.push(text);
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
