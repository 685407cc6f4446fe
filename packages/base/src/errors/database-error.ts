import { errorCode, HoldfastError, isHoldfastError, type ErrorDetail, type Outcome } from '@holdfast/errors';
import { sqlStateOf } from './sql-state.js';
import { withoutValues } from './without-values.js';

export interface DatabaseErrorArgs {
  /** What the driver threw. Kept as `cause` without the values of rows; its text never enters a message or a problem document. */
  readonly cause: unknown;
  readonly retryable: boolean;
  readonly outcome: Outcome;
  /** Default false. */
  readonly isOverload?: boolean;
}

/** An error that PostgreSQL or the way to it answered with. Status 500 unless a subclass says otherwise. */
export class DatabaseError extends HoldfastError {
  /** The SQLSTATE (PostgreSQL appendix A), or null where the server said nothing. */
  readonly sqlState: string | null;
  /**
   * Whether there was more to do than the server or the pool can. Then time helps, and other attempts only feed it: wait
   * longer than otherwise, or do without.
   */
  readonly isOverload: boolean;

  constructor(
    args: DatabaseErrorArgs,
    message = 'The database refused the operation.',
    detail: ErrorDetail = 'internal-error',
    httpStatus = 500,
  ) {
    const cause = withoutValues(args.cause);
    super({ ...args, cause, code: errorCode('database', 'generic', detail), message, httpStatus });
    this.sqlState = isHoldfastError(args.cause) ? null : sqlStateOf(args.cause);
    this.isOverload = args.isOverload ?? false;
  }
}

/** A value that PostgreSQL cannot take as what it was given for. Status 400. */
export class InvalidData extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    const isTooLong = sqlStateOf(args.cause) === '54000';
    const message = isTooLong
      ? 'A value is longer than its column, or an index of it, can hold.'
      : 'A value is not of the kind that its column holds.';
    super(args, message, 'invalid-parameters', 400);
  }
}

/** A constraint was violated. Status 409. */
export class IntegrityViolation extends DatabaseError {
  /** For programs only: names of tables and constraints stay out of texts and problem documents. */
  readonly constraint: string | null;
  readonly table: string | null;
  readonly column: string | null;

  constructor(
    args: DatabaseErrorArgs,
    message = 'A constraint of the database was violated.',
    detail: ErrorDetail = 'conflict',
    httpStatus = 409,
  ) {
    super(args, message, detail, httpStatus);
    this.constraint = stringField(args.cause, 'constraint');
    this.table = stringField(args.cause, 'table');
    this.column = stringField(args.cause, 'column');
  }
}

/** 23505: a row with the same values is there already. Status 409. */
export class UniqueViolation extends IntegrityViolation {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'A row with the same values exists already.', 'already-exists');
  }
}

/** 23503: a row refers to one that does not exist, or one that is referred to would go. Status 409. */
export class ForeignKeyViolation extends IntegrityViolation {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'A row that this one belongs to is missing, or others belong to it.', 'not-found');
  }
}

/** 23502: a column that must have a value has none. Status 400. */
export class NotNullViolation extends IntegrityViolation {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'A value that must be there is missing.', 'bad-request', 400);
  }
}

/** 23514: a value is not among those that are allowed. Status 409. */
export class CheckViolation extends IntegrityViolation {}

/** 23P01: a row excludes another one. Status 409. */
export class ExclusionViolation extends IntegrityViolation {}

/** 40001: the transaction could not be put in order with others. To be made again as a whole. Status 503, retryable. */
export class SerializationFailure extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The transaction collided with another one.', 'conflict', 503);
  }
}

/** 40P01: the transaction and another one waited for each other. To be made again as a whole. Status 503, retryable. */
export class DeadlockDetected extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The transaction and another one waited for each other.', 'conflict', 503);
  }
}

/** 55P03: a lock was not to be had in time, or at once where that was asked for. Status 409, retryable. */
export class LockNotAvailable extends DatabaseError {
  constructor(args: DatabaseErrorArgs, message = 'The row is locked by another transaction.') {
    super(args, message, 'conflict', 409);
  }
}

/** 57014: the statement ran longer than it may, or was canceled. Status 504. */
export class StatementCanceled extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The statement was canceled.', 'timeout', 504);
  }
}

/**
 * 25006: a write reached a server or a transaction that only reads. Status 503; retryable where the transaction was to
 * write: the next connection may lead to the server that takes writes by then.
 */
export class ReadOnlyTransaction extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'This transaction only reads.', 'unavailable', 503);
  }
}

/**
 * What was prepared no longer fits the tables, which were changed meanwhile. To be made again as a whole. Status 503,
 * retryable.
 */
export class StalePlan extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The tables were changed while the operation was under way.', 'conflict', 503);
  }
}

/**
 * The server answered, and its answer holds what cannot be read, or no data could be made of it. A write that commits
 * itself was done: `outcome` is `committed`. Status 500.
 */
export class UnreadableAnswer extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    // What others say of a value may hold it, e.g. JSON.parse.
    const reason = isHoldfastError(args.cause) ? ` ${args.cause.message}` : '';
    super(args, `The answer of the database holds a value that cannot be read.${reason}`, 'invalid-data-format');
  }
}

/** The database cannot be reached, is starting or stopping, or has no connection or memory left. Status 503. */
export class DatabaseUnavailable extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The database cannot be reached.', 'unavailable', 503);
  }
}

/** The connection went away under a statement. Status 503. */
export class ConnectionLost extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The connection to the database was lost.', 'unreachable', 503);
  }
}

/** No connection of the pool became free in time. Overload, so it is not retried. Status 503. */
export class PoolExhausted extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'No connection to the database became free in time.', 'unavailable', 503);
  }
}

/**
 * COMMIT was answered with ROLLBACK, or a statement was refused, since another of the transaction had failed before and
 * nobody said so: the `cause`. Nothing is stored. Status 500.
 */
export class TransactionAborted extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The transaction had failed and was rolled back.', 'conflict', 500);
  }
}

/**
 * The connection was lost at COMMIT, and the database says that nothing is stored. To be made again as a whole. Status 503,
 * retryable.
 */
export class CommitNotStored extends DatabaseError {
  constructor(args: DatabaseErrorArgs) {
    super(args, 'The connection was lost at the commit, and nothing is stored.', 'unreachable', 503);
  }
}

/**
 * A write was sent and its answer was lost: it may or may not be stored, and what became of it could not be found out.
 * Never retried. Whoever gets it finds out before writing again: by `resolve`, or by what the write would have changed.
 * Status 504, `outcome` is `unknown`.
 */
export class AmbiguousCommitError extends DatabaseError {
  /** The server process that the connection was told of, for whoever looks into the server's log; null where that is not known. */
  readonly processId: number | null;
  readonly #resolve: (() => Promise<Outcome>) | null;

  /** `resolve` asks once more; null where there is nobody to ask. */
  constructor(cause: unknown, resolve: (() => Promise<Outcome>) | null = null, processId: number | null = null) {
    super(
      { cause, retryable: false, outcome: 'unknown' },
      'The connection was lost before the answer to a write: it may or may not be stored.',
      'unknown-outcome',
      504,
    );
    this.#resolve = resolve;
    this.processId = processId;
  }

  /**
   * Asks the database again, for 10 s at most, what became of the write: `committed`, `not-committed`, or `unknown` where
   * that cannot be known any more, at least not now. Never throws. Writes with `commit: 'one-trip'` and no operation key
   * are always `unknown`.
   */
  resolve(): Promise<Outcome> {
    return this.#resolve === null ? Promise.resolve('unknown') : this.#resolve();
  }
}

function stringField(value: unknown, name: string): string | null {
  const field = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof field === 'string' ? field : null;
}
