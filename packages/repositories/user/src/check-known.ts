import { InvalidInput } from '@holdfast/errors';

/** Throws `InvalidInput` (`UNKNOWN_FIELD`) for a property that nobody may give, also where types were got around. */
export function checkKnown(values: object, known: ReadonlySet<string>): void {
  const stray = Object.keys(values).find((property) => !known.has(property));
  if (stray !== undefined) throw new InvalidInput('UNKNOWN_FIELD', `${stray} cannot be given.`, `/${stray}`);
}
