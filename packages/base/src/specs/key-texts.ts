import { InvalidInput } from '@holdfast/errors';
import { encodeElement, escapePointer, plainObject } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';

/**
 * An id in text form, one text for each column of the primary key, in key order; an id of several columns is an object
 * by property, of which only these are looked at. `index` is its place in the list that `pointer` points to, if it is in
 * one. Throws InvalidInput for what is no id, pointing at the part that is none.
 */
export function keyTexts(
  { name, primaryKey }: EntityMapping,
  id: unknown,
  pointer: string,
  index?: number,
): readonly string[] {
  const [first] = primaryKey;
  if (id === undefined || id === null) throw missing(name, primaryKey, pointerTo(pointer, index));
  if (primaryKey.length === 1) return [encodeElement(first!.type, id, pointer, index)];
  const at = pointerTo(pointer, index);
  const parts = plainObject(id, at);
  return primaryKey.map(({ property, type }) => {
    const value = Object.hasOwn(parts, property) ? parts[property] : undefined;
    const partAt = `${at}/${escapePointer(property)}`;
    if (value === undefined || value === null) throw missing(name, primaryKey, partAt);
    return encodeElement(type, value, partAt);
  });
}

function pointerTo(pointer: string, index: number | undefined): string {
  return index === undefined ? pointer : `${pointer}/${index}`;
}

function missing(name: string, primaryKey: EntityMapping['primaryKey'], pointer: string): InvalidInput {
  const properties = primaryKey.map(({ property }) => property).join(', ');
  return new InvalidInput('MISSING_VALUE', `An id of ${name} has ${properties}.`, pointer);
}
