import { LockNotAvailable } from './database-error.js';

/**
 * Somebody else held an advisory lock for as long as was to be waited, or at all. Not retried: how long to wait was said
 * by the caller. Status 409, code `database_generic_conflict`.
 */
export class AdvisoryLockNotAvailable extends LockNotAvailable {
  /** The name that was asked for. For programs only: it may be made of what clients must not see. */
  readonly lock: string;

  constructor(lock: string, cause?: unknown) {
    super({ cause, retryable: false, outcome: 'not-committed' }, 'The lock is held by somebody else.');
    this.lock = lock;
  }
}
