import { InvalidInput } from '@holdfast/errors';

/** Throws InvalidInput for what is no object and has no members to look at, also where types were got around. */
export function checkObject(value: unknown, pointer: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new InvalidInput('INVALID_VALUE', 'An object is needed here.', pointer);
}
