import { errorCode, HoldfastError } from '@holdfast/errors';

export interface DeadlineExceededArgs {
  readonly message?: string;
  /** What a signal was aborted with because the time was over. */
  readonly cause?: unknown;
  /** Default false. */
  readonly isOverload?: boolean;
}

/**
 * The deadline passed before the operation was sent to the database, or while a statement of it ran, which was cancelled:
 * nothing is stored. Status 504, code `database_generic_timeout`.
 */
export class DeadlineExceeded extends HoldfastError {
  /**
   * Whether it says nothing of the server, for a circuit breaker for instance: it had passed before anything was asked
   * for, or while others had all connections of the pool, or an advisory lock.
   */
  readonly isOverload: boolean;

  constructor({ message = notSent, cause, isOverload = false }: DeadlineExceededArgs = {}) {
    super({ code: errorCode('database', 'generic', 'timeout'), message, httpStatus: 504, cause });
    this.isOverload = isOverload;
  }
}

const notSent = 'The deadline passed before the operation could be sent to the database.';
