import { DatabaseError } from './database-error.js';

/**
 * The connection that held an advisory lock was lost while the work under it was running, so that somebody else may have
 * had the lock before the work ended. What the work did besides is not undone: `outcome` is `unknown`, and it is not
 * retried. Status 503, code `database_generic_unreachable`; `cause` is how the connection was lost.
 */
export class AdvisoryLockLost extends DatabaseError {
  /** The name of the lock. For programs only: it may be made of what clients must not see. */
  readonly lock: string;
  /** What the work failed with, or null where it did not. */
  readonly workError: unknown;

  constructor(lock: string, cause: unknown, workError: unknown = null) {
    super({ cause, retryable: false, outcome: 'unknown' }, 'The lock was lost while its work ran.', 'unreachable', 503);
    this.lock = lock;
    this.workError = workError;
  }
}
