import { InvalidInput } from '@holdfast/errors';
import { arrayLiteral, type ColumnType, type SqlWriter, valueList } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import { keyTexts } from './key-texts.js';

/** Ids as one array parameter for each column of the primary key, in key order. Throws InvalidInput. */
export function keyLists(mapping: EntityMapping, ids: readonly unknown[], writer: SqlWriter): readonly string[] {
  const texts = keyListTexts(mapping, ids);
  return mapping.primaryKey.map(({ type }, i) => writer.text(texts[i]!, `${type.sql}[]`));
}

/** Ids as the text of an array for each column of the primary key. Throws InvalidInput, pointing at the id that is none. */
export function keyListTexts(mapping: EntityMapping, ids: readonly unknown[]): readonly string[] {
  if (!Array.isArray(ids)) throw new InvalidInput('INVALID_VALUE', 'A list of ids is needed here.', '/ids');
  const [only, ...others] = mapping.primaryKey;
  const list = only === undefined || others.length > 0 ? null : idList(only.type, ids);
  if (list !== null) return [list];
  // Not `ids.map`: it would leave holes.
  const texts = Array.from(ids as readonly unknown[], (id, index) => keyTexts(mapping, id, '/ids', index));
  return mapping.primaryKey.map((_, i) => arrayLiteral(texts.map((key) => key[i]!)));
}

/** Ids as one array; null where each has to be looked at: where one may be none, or has to be quoted. */
function idList(type: ColumnType, ids: readonly unknown[]): string | null {
  if (type.array || type.conversion !== undefined || ids.includes(null)) return null;
  // A list with holes has undefined in their places.
  const list = type.kind === 'text' ? null : valueList(type, Array.from(ids));
  return list?.form === 'array' ? list.text : null;
}
