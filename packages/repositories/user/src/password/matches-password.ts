import { randomUUID } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { hashPassword } from './hash-password.js';
import { PasswordHash } from './password-hash.js';
import { isTooLong, normalized } from './plain-password.js';

let dummy: Promise<PasswordHash> | undefined;

/**
 * Whether a password is the one of a hash. Where there is no hash, and where the password cannot be anybody's, it takes
 * as long, and is not. A hash that was taken over may be of the text as it is: where normalising changes it both are
 * tried, whoever is asked about.
 */
export async function matchesPassword(hash: PasswordHash | null, plain: string): Promise<boolean> {
  const isPossible = typeof plain === 'string' && !isTooLong(plain);
  // Of a password that nobody has: made once, and costing what those of others cost.
  const compared = hash ?? (await (dummy ??= hashPassword(randomUUID())));
  let isSame = false;
  for (const text of new Set(isPossible ? [normalized(plain), plain] : [''])) {
    isSame = (await verify(PasswordHash.textOf(compared), text)) || isSame;
  }
  return hash !== null && isPossible && isSame;
}
