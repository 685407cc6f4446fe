import { verify } from '@node-rs/argon2';
import { nobodysPassword } from './nobodys-password.js';
import { PasswordHash } from './password-hash.js';
import { isTooLong, normalized } from './plain-password.js';

/**
 * Whether a password is the one of a hash. Where there is no hash, and where the password cannot be anybody's, it takes
 * as long as with one that `hashPassword` made, and is not.
 */
export async function matchesPassword(hash: PasswordHash | null, plain: string): Promise<boolean> {
  const isPossible = typeof plain === 'string' && !isTooLong(plain);
  const isSame = await verify(PasswordHash.textOf(hash ?? nobodysPassword), isPossible ? normalized(plain) : '');
  return hash !== null && isPossible && isSame;
}
