import { hash, parseOptions } from '@node-rs/argon2';
import { PasswordHash, phcOf } from './password-hash.js';
import { normalized } from './plain-password.js';

// OWASP, Password Storage Cheat Sheet: argon2id (the library's default; `fromPhc` sees to it) with 19 MiB, two rounds, one
// lane. Of what costs as much the least that it names is 7 MiB and five rounds. Salt and hash: RFC 9106, 3.1.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const LEAST = { memoryKiB: 7_168, saltBytes: 16, hashBytes: 32 } as const;

/** The hash of a password of whatever length, in its normalised form. */
export async function hashed(plain: string): Promise<PasswordHash> {
  return PasswordHash.fromPhc(await hash(normalized(plain), cost));
}

/** Whether guessing by a hash that was taken over is cheaper than by one that is made here. */
export function isWeaker(old: PasswordHash): boolean {
  const { memoryCost, timeCost, saltLen, outputLen } = parseOptions(phcOf(old));
  if (memoryCost * timeCost < cost.memoryCost * cost.timeCost) return true;
  return memoryCost < LEAST.memoryKiB || saltLen < LEAST.saltBytes || outputLen < LEAST.hashBytes;
}
