import { InvalidInput } from '@holdfast/errors';
import { hashed } from './hashed.js';
import type { PasswordHash } from './password-hash.js';
import { isTooLong, normalized } from './plain-password.js';

/**
 * The least that a password must have, in characters: what NIST SP 800-63B-4, 3.1.1.2 asks for beside another factor. Where
 * it is the only one, that asks for 15, which the application has to see to.
 */
const LEAST = 8;

/**
 * Hashes a password by argon2id, in a thread of libuv's. Done once, before the user is created: what creates it is a
 * plain value then, which can be retried without being hashed again.
 *
 * A password has 8 characters or more, and at most 1,024 bytes; it is normalised (NFKC), so that it does not matter which
 * keyboard it is typed on. Throws `InvalidInput` (`INVALID_VALUE`, `LIMIT_EXCEEDED`), which does not repeat it.
 */
export async function hashPassword(plain: string, pointer = '/password'): Promise<PasswordHash> {
  if (typeof plain !== 'string' || [...plain].length < LEAST) throw tooShort(pointer);
  if (isTooLong(plain)) throw new InvalidInput('LIMIT_EXCEEDED', 'A password has at most 1,024 bytes.', pointer);
  // What is composed of several characters is one when it is normalised.
  if ([...normalized(plain)].length < LEAST) throw tooShort(pointer);
  return hashed(plain);
}

function tooShort(pointer: string): InvalidInput {
  return new InvalidInput('INVALID_VALUE', `A password has at least ${LEAST} characters.`, pointer);
}
