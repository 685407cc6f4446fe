import type { Scope } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { StatementShape } from '../entity/statement-shapes.js';
import { keyTexts } from './key-texts.js';
import { scopeInShape } from './scope-in-shape.js';

/** Key and scope of an operation by id as part of its statement's shape. False where the text has to be written. */
export function byIdInShape<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  id: unknown,
  shape: StatementShape,
): boolean {
  const { primaryKey } = mapping;
  const texts = keyTexts(mapping, id, primaryKey.length === 1 ? primaryKey[0]!.pointer : '');
  for (const text of texts) shape.values.push(text);
  return scopeInShape(mapping, scope, shape);
}
