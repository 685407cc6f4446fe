import { createHash } from 'node:crypto';
import { Misuse } from '@holdfast/errors';

/**
 * The number that PostgreSQL knows an advisory lock by: the first 64 bits of the name's SHA-256, in SQL
 * `('x' || substr(encode(sha256('name'), 'hex'), 1, 16))::bit(64)::bigint`.
 */
export function advisoryLockKey(name: string): string {
  if (typeof name !== 'string' || name === '') throw new Misuse('An advisory lock has a name that is not empty.');
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}
