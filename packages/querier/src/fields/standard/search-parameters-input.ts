import { InvalidInput } from '@holdfast/errors';
import { isPlainObject } from '../../plain-data/plain-object.js';

/** A query string, read or not, or what a framework makes of one: texts by name, several in a list. */
export type SearchParametersInput = URLSearchParams | string | Readonly<Record<string, string | readonly string[]>>;

/** The parameters of a query string. Throws InvalidInput. */
export function searchParametersOf(value: unknown): URLSearchParams {
  if (value instanceof URLSearchParams) return value;
  if (typeof value === 'string') return new URLSearchParams(value);
  if (!isPlainObject(value)) throw new InvalidInput('INVALID_VALUE', 'Parameters of a query string are needed.', '');
  const parameters = new URLSearchParams();
  for (const [name, member] of Object.entries(value)) {
    for (const text of Array.isArray(member) ? (member as unknown[]) : [member]) {
      if (typeof text !== 'string') throw new InvalidInput('INVALID_VALUE', 'A parameter is a text.', name);
      parameters.append(name, text);
    }
  }
  return parameters;
}
