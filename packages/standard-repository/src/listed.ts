import { InvalidInput } from '@holdfast/errors';

/** A list of specs without holes. Throws `InvalidInput` for what is none, also where types were got around. */
export function listed<Item>(items: readonly Item[]): readonly Item[] {
  if (!Array.isArray(items)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', '');
  // `map` would leave holes, which are no specs.
  return Array.from(items as readonly Item[]);
}
