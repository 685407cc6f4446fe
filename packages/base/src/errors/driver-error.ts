import { type HoldfastError, isHoldfastError } from '@holdfast/errors';
import { failureOf, type RunFailure, sqlStateOf } from '../wire/run-failure.js';
import {
  AmbiguousCommitError,
  CheckViolation,
  ConnectionLost,
  DatabaseError,
  type DatabaseErrorArgs,
  DatabaseUnavailable,
  DeadlockDetected,
  ExclusionViolation,
  ForeignKeyViolation,
  InvalidData,
  IntegrityViolation,
  LockNotAvailable,
  NotNullViolation,
  ReadOnlyTransaction,
  SerializationFailure,
  StalePlan,
  StatementCanceled,
  TransactionAborted,
  UniqueViolation,
  UnreadableAnswer,
} from './database-error.js';

/**
 * How far an operation had come when it failed. `open`: nothing can be stored unless a COMMIT follows, or nothing is
 * written at all. `committing`: COMMIT, or a write that commits itself, was sent.
 */
export type Phase = 'open' | 'committing';

type DatabaseErrorClass = new (args: DatabaseErrorArgs) => DatabaseError;

interface Row {
  /** A SQLSTATE, or its class: the first two characters. */
  readonly state: string;
  readonly as: DatabaseErrorClass;
  /** Whether the whole operation may succeed if it is made again and nothing was stored. */
  readonly retryable: boolean;
}

const again = true;
const never = false;

/** The first row that fits decides; codes come before their classes (PostgreSQL appendix A). */
const table: readonly Row[] = [
  { state: '40001', as: SerializationFailure, retryable: again },
  { state: '40P01', as: DeadlockDetected, retryable: again },
  { state: '23505', as: UniqueViolation, retryable: never },
  { state: '23503', as: ForeignKeyViolation, retryable: never },
  { state: '23502', as: NotNullViolation, retryable: never },
  { state: '23514', as: CheckViolation, retryable: never },
  { state: '23P01', as: ExclusionViolation, retryable: never },
  { state: '23', as: IntegrityViolation, retryable: never },
  { state: '22', as: InvalidData, retryable: never },
  { state: '55P03', as: LockNotAvailable, retryable: again },
  { state: '57014', as: StatementCanceled, retryable: never },
  { state: '25P02', as: TransactionAborted, retryable: never },
  { state: '25006', as: ReadOnlyTransaction, retryable: never },
  { state: '57P01', as: ConnectionLost, retryable: again },
  { state: '57P02', as: ConnectionLost, retryable: again },
  { state: '57P03', as: DatabaseUnavailable, retryable: again },
  { state: '57P05', as: ConnectionLost, retryable: again },
  { state: '25P03', as: ConnectionLost, retryable: never },
  { state: '53300', as: DatabaseUnavailable, retryable: again },
  { state: '08', as: ConnectionLost, retryable: again },
];

// What these say of a commit is that nothing is known (PostgreSQL appendix A, classes 08 and 40).
const saysNothingOfACommit = /^(08...|40003)$/;

/** The one place that turns the failure of a statement into our errors, by SQLSTATE and phase. */
export function runError({ kind, error }: RunFailure, phase: Phase): HoldfastError {
  if (isHoldfastError(error) && kind !== 'unreadable') return error;
  const state = sqlStateOf(error);
  if (kind === 'unreadable') {
    // A write that commits itself was done all the same.
    return new UnreadableAnswer({
      cause: error,
      retryable: never,
      outcome: phase === 'committing' ? 'committed' : 'not-committed',
    });
  }
  const isKnown = kind === 'not-sent' || (kind !== 'lost' && !(state !== null && saysNothingOfACommit.test(state)));
  if (phase === 'committing' && !isKnown) return new AmbiguousCommitError(error);
  const args = { cause: error, outcome: 'not-committed' } as const;
  if (kind === 'stale') return new StalePlan({ ...args, retryable: again });
  const row = state === null ? undefined : table.find((each) => state === each.state || isInClass(state, each.state));
  if (row !== undefined) return new row.as({ ...args, retryable: row.retryable });
  if (kind === 'answered') return new DatabaseError({ ...args, retryable: never });
  return new ConnectionLost({ ...args, retryable: again });
}

/** The same for what a query of pg's own threw; what is no error of the database or the way to it, is left as it is. */
export function driverError(error: unknown, phase: Phase): unknown {
  if (isHoldfastError(error)) return error;
  const cause = unwrapped(error);
  const isOfDriver = cause instanceof Error && (sqlStateOf(cause) !== null || isOfConnection.test(cause.message));
  return isOfDriver ? runError(failureOf(cause), phase) : error;
}

const isOfConnection = /^(Connection terminated|Query read timeout|Client .* is not queryable|read ECONN|write E)/;

function isInClass(state: string, prefix: string): boolean {
  return prefix.length === 2 && state.startsWith(prefix);
}

/** TypeORM wraps what the driver threw. */
function unwrapped(error: unknown): unknown {
  const driver = typeof error === 'object' && error !== null ? (error as { driverError?: unknown }).driverError : null;
  return driver ?? error;
}
