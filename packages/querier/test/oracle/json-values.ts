import type { Json } from '../../src/index.js';

type JsonObject = Readonly<Record<string, Json>>;

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export function jsonType(value: Json): JsonType {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as JsonType);
}

const isScalar = (value: Json): boolean => typeof value !== 'object' || value === null;

/** Equal as jsonb: numbers by value, objects whatever the order of their keys. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (isScalar(a) || isScalar(b) || jsonType(a) !== jsonType(b)) return a === b; // -0 is 0 here, and NaN is no JSON
  const [left, right] = [a as JsonObject, b as JsonObject];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key]!, right[key]!))
  );
}

/** `whole @> part` (PostgreSQL 8.14.3). */
export function jsonContains(whole: Json, part: Json): boolean {
  // The one exception to "the structure must match", and only at the top: an array contains a bare value.
  if (jsonType(whole) === 'array' && isScalar(part))
    return (whole as readonly Json[]).some((one) => jsonEqual(one, part));
  return within(whole, part);
}

function within(whole: Json, part: Json): boolean {
  if (jsonType(whole) !== jsonType(part)) return false;
  if (isScalar(whole)) return whole === part;
  if (Array.isArray(part))
    return part.every((wanted: Json) => (whole as readonly Json[]).some((one) => within(one, wanted)));
  const [has, wants] = [whole as JsonObject, part as JsonObject];
  return Object.keys(wants).every((key) => Object.hasOwn(has, key) && within(has[key]!, wants[key]!));
}

/** `document ? key`: also a text in an array, and a bare text (PostgreSQL 9.16). */
export function jsonHasKey(document: Json, key: string): boolean {
  if (typeof document === 'string') return document === key;
  if (Array.isArray(document)) return document.includes(key);
  return jsonType(document) === 'object' && Object.hasOwn(document as JsonObject, key);
}
