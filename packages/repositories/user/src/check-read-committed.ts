import type { DbWriteSession, Executor } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';

/**
 * Throws Misuse within a dbSession whose statements do not see what others have just committed: it would wait for whoever
 * makes a key pair, and not see it.
 */
export function checkReadCommitted(executor: Executor, what: string): void {
  const { isolation } = executor as Partial<DbWriteSession>;
  if (isolation === undefined || isolation === 'read committed') return;
  throw new Misuse(`${what} needs a dbSession that is read committed, not ${isolation}.`);
}
