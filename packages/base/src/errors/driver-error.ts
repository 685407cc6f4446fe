import { isHoldfastError, type HoldfastError } from '@holdfast/errors';
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
  PoolExhausted,
  ReadOnlyTransaction,
  SerializationFailure,
  StatementCanceled,
  UniqueViolation,
} from './database-error.js';

/**
 * How far an operation had come when its error arrived.
 * `connecting`: nothing was sent. `open`: sent, and nothing can be stored unless a COMMIT follows, or nothing is written
 * at all. `committing`: COMMIT, or a write that commits itself, was sent.
 */
export type Phase = 'connecting' | 'open' | 'committing';

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
  { state: '25006', as: ReadOnlyTransaction, retryable: never },
  { state: '57P01', as: ConnectionLost, retryable: again },
  { state: '57P02', as: ConnectionLost, retryable: again },
  { state: '57P03', as: DatabaseUnavailable, retryable: again },
  { state: '57P05', as: ConnectionLost, retryable: again },
  { state: '25P03', as: ConnectionLost, retryable: never },
  { state: '53300', as: DatabaseUnavailable, retryable: again },
  { state: '08', as: ConnectionLost, retryable: again },
];

/** Errors of the socket and of pg that carry no SQLSTATE: by code, and by text only where pg gives no code. */
const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
const POOL_TIMEOUT = 'timeout exceeded when trying to connect';

/** The one place that turns what the driver throws into our errors, by SQLSTATE and phase. */
export function driverError(error: unknown, phase: Phase): HoldfastError {
  if (isHoldfastError(error)) return error;
  const cause = unwrapped(error);
  const state = field(cause, 'code');
  const answered = isAnswer(cause);
  // Once a commit is on its way only an ERROR with a SQLSTATE says that nothing was stored.
  if (phase === 'committing' && !answered && !neverSent(cause)) return new AmbiguousCommitError(cause);
  const row = state === null ? undefined : table.find((each) => state === each.state || isInClass(state, each.state));
  if (row !== undefined) return new row.as({ cause, retryable: row.retryable, outcome: 'not-committed' });
  if (answered || (field(cause, 'severity') !== null && state !== null)) {
    return new DatabaseError({ cause, retryable: never, outcome: 'not-committed' });
  }
  return connectionError(cause, state, phase);
}

function connectionError(cause: unknown, code: string | null, phase: Phase): DatabaseError {
  const args = { cause, outcome: 'not-committed' } as const;
  if (field(cause, 'message') === POOL_TIMEOUT) return new PoolExhausted({ ...args, retryable: never });
  if (phase === 'connecting' && (code === null || unreachable.has(code))) {
    return new DatabaseUnavailable({ ...args, retryable: again });
  }
  return new ConnectionLost({ ...args, retryable: again });
}

/** Whether the server answered with this error and goes on; FATAL and PANIC end the connection (PostgreSQL 53.8). */
export function isAnswer(error: unknown): boolean {
  return field(error, 'severity') === 'ERROR';
}

/** What pg refuses before it writes anything. */
function neverSent(cause: unknown): boolean {
  return field(cause, 'message')?.endsWith('is not queryable') ?? false;
}

function isInClass(state: string, prefix: string): boolean {
  return prefix.length === 2 && state.length === 5 && state.startsWith(prefix);
}

/** TypeORM wraps what the driver threw. */
function unwrapped(error: unknown): unknown {
  const driver = typeof error === 'object' && error !== null ? (error as { driverError?: unknown }).driverError : null;
  return driver ?? error;
}

function field(value: unknown, name: 'code' | 'severity' | 'message'): string | null {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof text === 'string' && text !== '' ? text : null;
}
