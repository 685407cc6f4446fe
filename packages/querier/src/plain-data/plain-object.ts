import { InvalidInput } from '@holdfast/errors';

/**
 * The value as an object whose own names are all there is to it. Whatever hides its content (a Promise, a Map, an instance
 * of a class, an object with a prototype of its own) would read as one that says nothing. Throws InvalidInput.
 */
export function plainObject(value: unknown, pointer: string): Readonly<Record<string, unknown>> {
  if (!isPlainObject(value)) throw new InvalidInput('INVALID_VALUE', 'An object is needed here.', pointer);
  return value;
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Every realm has an Object.prototype of its own.
  const isBare =
    prototype === null || prototype === Object.prototype || Object.hasOwn(prototype as object, 'isPrototypeOf');
  return isBare && Object.getOwnPropertySymbols(value).length === 0;
}
