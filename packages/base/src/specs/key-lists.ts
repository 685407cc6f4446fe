import { InvalidInput } from '@holdfast/errors';
import { arrayLiteral, type SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { keyTexts } from './key-texts.js';

/**
 * Ids as one array parameter for each column of the primary key, in key order. Throws InvalidInput, pointing at the id
 * that is none.
 */
export function keyLists(mapping: EntityMapping, ids: readonly unknown[], writer: SqlWriter): readonly string[] {
  if (!Array.isArray(ids)) throw new InvalidInput('INVALID_VALUE', 'A list of ids is needed here.', '/ids');
  // Not `ids.map`: it would leave holes.
  const texts = Array.from(ids as readonly unknown[], (id, index) => keyTexts(mapping, id, '/ids', index));
  return mapping.primaryKey.map(({ type }, i) =>
    writer.text(arrayLiteral(texts.map((key) => key[i]!)), `${type.sql}[]`),
  );
}
