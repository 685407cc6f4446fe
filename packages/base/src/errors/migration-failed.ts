import { errorCode, HoldfastError, isHoldfastError } from '@holdfast/errors';
import { LockNotAvailable } from './database-error.js';

/**
 * A migration threw. Where it runs in a transaction nothing of it is stored, nor of those that ran in the same one.
 * Status 500, code `database_setup_internal-error`; `cause` is what it threw, and says whether to try again.
 */
export class MigrationFailed extends HoldfastError {
  /** The migration's name. */
  readonly migration: string;
  readonly direction: 'up' | 'down';

  constructor(migration: string, direction: 'up' | 'down', cause: unknown) {
    const why = cause instanceof LockNotAvailable ? ': it waited too long for a lock' : '';
    super({
      code: errorCode('database', 'setup', 'internal-error'),
      message: `The migration ${migration} failed (${direction})${why}.`,
      retryable: isHoldfastError(cause) && cause.retryable,
      cause,
    });
    this.migration = migration;
    this.direction = direction;
  }
}
