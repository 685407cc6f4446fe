import { TransactionAborted } from '../errors/database-error.js';
import { collisionIn } from './collision.js';

/** Why a transaction could not be committed: a collision, which is worth another try, or what else a statement failed with. */
export function because(failure: Error | null): Error {
  const args = { cause: failure ?? undefined, retryable: false, outcome: 'not-committed' } as const;
  return failure === null ? new TransactionAborted(args) : (collisionIn(failure) ?? new TransactionAborted(args));
}
