import { InvalidInput } from '@holdfast/errors';

const pattern = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;

/**
 * A name that serves as an id: 1 to 64 ASCII letters, digits, dots, underscores and hyphens, with a letter or digit at
 * both ends. Case is kept and counts.
 * For constructor functions of names. Throws `InvalidInput` (`INVALID_ID`) for anything else.
 *
 * @param what the kind of name, as it reads in the message, e.g. `domain name`
 * @param pointer the part of the input that holds it
 */
export function nameText(text: string, what: string, pointer: string): string {
  if (typeof text === 'string' && pattern.test(text)) return text;
  const rule =
    '1 to 64 letters, digits, dots, underscores and hyphens, with a letter or digit at both ends, are needed.';
  throw new InvalidInput('INVALID_ID', `Not a valid ${what}: ${rule}`, pointer);
}
