import { InvalidInput } from '@holdfast/errors';
import { escapePointer, plainObject, type SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';

/**
 * Ids as one array parameter for each column of the primary key, in key order; an id of several columns is an object by
 * property. Throws InvalidInput, pointing at the id that is none.
 */
export function keyLists({ primaryKey }: EntityMapping, ids: readonly unknown[], writer: SqlWriter): readonly string[] {
  if (!Array.isArray(ids)) throw new InvalidInput('INVALID_VALUE', 'A list of ids is needed here.', '/ids');
  if (primaryKey.length === 1) return [writer.list(primaryKey[0]!.type, ids, '/ids')];
  // Not `ids.map`: it would leave holes.
  const parts = Array.from(ids as readonly unknown[], (id, index) => plainObject(id, `/ids/${index}`));
  return primaryKey.map(({ property, type }) => {
    const values = parts.map((id, index) => {
      const value = Object.hasOwn(id, property) ? id[property] : undefined;
      if (value !== undefined && value !== null) return value;
      const pointer = `/ids/${index}/${escapePointer(property)}`;
      throw new InvalidInput(
        'MISSING_VALUE',
        `An id has ${primaryKey.map((one) => one.property).join(', ')}.`,
        pointer,
      );
    });
    try {
      return writer.list(type, values, '/ids');
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      // A list knows the place of what it refuses, and not which part of the id it is.
      const pointer = `${error.pointer}/${escapePointer(property)}`;
      throw new InvalidInput(error.reason, error.message, pointer, error);
    }
  });
}
