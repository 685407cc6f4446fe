import { InvalidInput } from '@holdfast/errors';
import { shown } from '../plain-data/shown.js';
import type { Field } from './field.js';

/**
 * The properties of the columns that names of fields ask for, in their order. Throws InvalidInput for a name that is no
 * field whose values may be seen, one that is named twice, and for none.
 */
export function parseColumns(
  fields: ReadonlyMap<string, Field>,
  definitions: Readonly<Record<string, object>>,
  names: unknown,
  pointer: string,
): readonly string[] {
  if (!Array.isArray(names)) throw new InvalidInput('INVALID_VALUE', 'A list of fields is needed here.', pointer);
  if (names.length === 0) throw new InvalidInput('MISSING_VALUE', 'At least one field is needed here.', pointer);
  const properties = Array.from(names as readonly unknown[], (name, index) => {
    const field = typeof name === 'string' ? fields.get(name) : undefined;
    if (field?.selected === true && !('relation' in definitions[field.name]!)) return field.property;
    const which = typeof name === 'string' ? ` ${shown(name)}` : ' of that name';
    throw new InvalidInput('UNKNOWN_FIELD', `There is no field${which} to be read.`, `${pointer}/${index}`);
  });
  const twice = properties.findIndex((property, index) => properties.indexOf(property) !== index);
  if (twice !== -1) {
    const message = `${shown(String(names[twice]))} is asked for twice.`;
    throw new InvalidInput('DUPLICATE_PARAMETER', message, `${pointer}/${twice}`);
  }
  return Object.freeze(properties);
}
