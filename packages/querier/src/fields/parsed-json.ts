import { InvalidInput } from '@holdfast/errors';

/** A text of a query string as JSON. Throws InvalidInput. */
export function parsedJson(text: string, pointer: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvalidInput('INVALID_JSON', 'The value is not JSON.', pointer, error);
  }
}
