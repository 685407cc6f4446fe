import { InvalidInput } from '@holdfast/errors';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { isPlainObject } from '../plain-data/plain-object.js';
import { shown } from '../plain-data/shown.js';

/** Which page a search asks for. */
export const pageMembers = ['first', 'after', 'last', 'before', 'limit', 'offset'] as const;

const searchMembers: ReadonlySet<string> = new Set(['filter', 'order', 'total', ...pageMembers]);

/** The members of a search, none of them unknown. What has a filter that is undefined does not want everything. */
export function searchObject(json: unknown): Readonly<Record<string, unknown>> {
  if (!isPlainObject(json)) throw new InvalidInput('INVALID_JSON', 'A search is a JSON object.', '');
  const stray = Object.keys(json).find((name) => !searchMembers.has(name));
  if (stray !== undefined) {
    throw new InvalidInput('UNKNOWN_PARAMETER', `A search has no ${shown(stray)}.`, `/${escapePointer(stray)}`);
  }
  if (Object.hasOwn(json, 'filter') && json['filter'] === undefined) {
    throw new InvalidInput('MISSING_VALUE', 'The filter has no value.', '/filter');
  }
  return json;
}

/** Members that were given, where null is as good as absent. */
export function withoutNulls(members: object, nullable: readonly string[]): Record<string, unknown> {
  const given = Object.entries(members).filter(
    ([name, value]) => value !== undefined && !(value === null && nullable.includes(name)),
  );
  return Object.fromEntries(given);
}
