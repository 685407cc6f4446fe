import { InvalidInput } from '@holdfast/errors';
import { isPlainObject, type Json } from '@holdfast/querier';

/** Whatever else is known, as JSON by name. */
export type Metadata = Readonly<Record<string, Json>>;

/** Checks that it is a plain object; what it holds is checked where it is stored. Throws `InvalidInput`. */
export function metadataOf(value: unknown, pointer = '/metadata'): Metadata {
  if (isPlainObject(value)) return value as Metadata;
  throw new InvalidInput('INVALID_VALUE', 'Metadata are an object.', pointer);
}
