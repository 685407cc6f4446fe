import { InvalidInput } from '@holdfast/errors';
import { escapePointer, plainObject } from '@holdfast/querier';
import type { EntityMapping } from './entity-mapping.js';

/**
 * Values by column, of values given as rows hold them: those of embedded objects stand in objects of their own, of which
 * some may be given. Scopes are held against what comes out of this, and never against what goes in, where a getter could
 * say something else the next time. Throws InvalidInput.
 */
export function columnValues(
  { embedded }: Pick<EntityMapping, 'embedded'>,
  values: unknown,
  pointer: string,
): Readonly<Record<string, unknown>> {
  const given = plainObject(values, pointer);
  if (embedded.size === 0) return { ...given };
  // Without a prototype, `__proto__` is a name like any other: it is refused as unknown.
  const flat = Object.create(null) as Record<string, unknown>;
  const add = (object: Readonly<Record<string, unknown>>, before: string, at: string): void => {
    for (const [name, value] of Object.entries(object)) {
      const to = `${at}/${escapePointer(name)}`;
      // It would be taken for the column of an embedded object, and for another than the one that is given there.
      if (name.includes('.')) throw new InvalidInput('UNKNOWN_FIELD', `There is no column ${name}.`, to);
      const path = before + name;
      if (!embedded.has(path)) flat[path] = value;
      else if (value !== undefined) add(plainObject(value, to), `${path}.`, to);
    }
  };
  add(given, '', pointer);
  return flat;
}
