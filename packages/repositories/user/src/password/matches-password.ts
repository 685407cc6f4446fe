import { verify } from '@node-rs/argon2';
import { nobodysPassword } from './nobodys-password.js';
import { type PasswordHash, phcOf } from './password-hash.js';
import { isTooLong, normalized } from './plain-password.js';

/**
 * Whether a password is the one of a hash. Where there is no hash, and where the password cannot be anybody's, it takes
 * as long as with one that `hashPassword` made, and is not. A hash that was taken over may be of the text as it is: where
 * normalising changes it both are tried, whoever is asked about.
 */
export async function matchesPassword(hash: PasswordHash | null, plain: string): Promise<boolean> {
  const isPossible = typeof plain === 'string' && !isTooLong(plain);
  const compared = phcOf(hash ?? nobodysPassword);
  let isSame = false;
  for (const text of new Set(isPossible ? [normalized(plain), plain] : [''])) {
    isSame = (await verify(compared, text)) || isSame;
  }
  return hash !== null && isPossible && isSame;
}
