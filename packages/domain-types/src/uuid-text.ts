import { InvalidInput } from '@holdfast/errors';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The canonical lower-case text of a UUID of any version, which is how PostgreSQL prints it.
 * For constructor functions of ids. Throws `InvalidInput` (`INVALID_ID`) for anything else; the message leaves the text
 * out, because it may hold what must not be logged.
 *
 * @param what the kind of id, as it reads in the message, e.g. `session id`
 * @param pointer the part of the input that holds it
 */
export function uuidText(text: string, what: string, pointer: string): string {
  const canonical = typeof text === 'string' ? text.toLowerCase() : '';
  if (!pattern.test(canonical)) throw new InvalidInput('INVALID_ID', `Not a valid ${what}: a UUID is needed.`, pointer);
  return canonical;
}
