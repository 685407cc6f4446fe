import { InvalidInput } from '@holdfast/errors';

const MOST = 1_000;

/** Reads the one parameter of a plain list: `limit`, 1 to 1,000, or undefined where it is left to the repository. */
export function listLimit(parameters: URLSearchParams): number | undefined {
  const seen = new Set<string>();
  for (const name of parameters.keys()) {
    if (name !== 'limit') throw new InvalidInput('UNKNOWN_PARAMETER', 'This route takes no such parameter.', name);
    if (seen.has(name)) throw new InvalidInput('DUPLICATE_PARAMETER', `${name} is given twice.`, name);
    seen.add(name);
  }
  const text = parameters.get('limit');
  if (text === null) return undefined;
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST) {
    throw new InvalidInput('INVALID_PAGINATION', `limit must be a whole number from 1 to ${MOST}.`, 'limit');
  }
  return limit;
}
