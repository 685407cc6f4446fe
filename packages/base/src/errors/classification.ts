import {
  ConnectionLost,
  CheckViolation,
  DatabaseError,
  type DatabaseErrorArgs,
  DatabaseUnavailable,
  DeadlockDetected,
  ExclusionViolation,
  ForeignKeyViolation,
  IntegrityViolation,
  InvalidData,
  LockNotAvailable,
  NotNullViolation,
  PoolExhausted,
  ReadOnlyTransaction,
  SerializationFailure,
  StalePlan,
  StatementCanceled,
  TransactionAborted,
  UniqueViolation,
} from './database-error.js';
import { sqlStateOf } from './sql-state.js';

type DatabaseErrorClass = new (args: DatabaseErrorArgs) => DatabaseError;

/**
 * What else is to be known of an error.
 * - `again`: the whole operation may succeed if nothing was stored and it is made again; `again-if-writing`: only where
 *   it was to write, so that another server is meant.
 * - `not-sent`: nothing of the statement was done, not even if it was COMMIT.
 * - `unknown-commit`: nothing is known of a commit, though the server answered; `unknown`: of no statement.
 * - `gone`: the connection ends with it; `gone-unless-error`: unless its severity says ERROR; `close`: the server goes
 *   on with the connection, and we had better not.
 * - `evicts`: the idle connections of the pool are suspect too; `evicts-if-writing`: where it was to write.
 * - `overload`: there is more to do than the server or the pool can: time helps, and more attempts do not.
 */
export type Trait =
  | 'again'
  | 'again-if-writing'
  | 'not-sent'
  | 'unknown-commit'
  | 'unknown'
  | 'gone'
  | 'gone-unless-error'
  | 'close'
  | 'evicts'
  | 'evicts-if-writing'
  | 'overload';

/** What an error becomes where a statement had a connection; where none was to be had, see `connectionError`. */
export type Row = readonly [DatabaseErrorClass, ...Trait[]];

/** By SQLSTATE or its class, the first two characters; a function of the server's that raised it may follow. */
const states: Readonly<Record<string, Row>> = {
  '08': [ConnectionLost, 'again', 'unknown-commit', 'gone'],
  '08007': [ConnectionLost, 'unknown', 'gone'],
  '0A000 RevalidateCachedQuery': [StalePlan, 'again', 'close'],
  // READ WRITE, or serializable, at a server in recovery: BEGIN is refused, or the first statement.
  '0A000 call_bool_check_hook': [ReadOnlyTransaction, 'again-if-writing', 'evicts-if-writing'],
  '0A000 call_enum_check_hook': [ReadOnlyTransaction, 'again-if-writing', 'evicts-if-writing'],
  '0A000 GetSerializableTransactionSnapshot': [ReadOnlyTransaction, 'again-if-writing', 'evicts-if-writing'],
  '22': [InvalidData],
  '23': [IntegrityViolation],
  '23502': [NotNullViolation],
  '23503': [ForeignKeyViolation],
  '23505': [UniqueViolation],
  '23514': [CheckViolation],
  '23P01': [ExclusionViolation],
  // A transaction of somebody before us; or what cannot run within one.
  '25001': [DatabaseError, 'close'],
  '25006': [ReadOnlyTransaction, 'again-if-writing', 'evicts-if-writing'],
  '25P02': [TransactionAborted],
  // Our own slowness, which another try would repeat.
  '25P03': [ConnectionLost, 'gone'],
  '25P04': [ConnectionLost, 'gone'],
  // A statement that somebody else prepared or forgot on this connection.
  '26000': [DatabaseError, 'close'],
  '42P05': [DatabaseError, 'close'],
  '28': [DatabaseError, 'gone-unless-error'],
  '3D000': [DatabaseError, 'gone-unless-error'],
  '40001': [SerializationFailure, 'again'],
  '40002': [IntegrityViolation],
  '40003': [DatabaseError, 'unknown', 'gone-unless-error'],
  '40P01': [DeadlockDetected, 'again'],
  '53': [DatabaseUnavailable, 'again', 'overload', 'gone-unless-error'],
  // The disk has no more room, or a limit is below what the statement needs: the next try would meet the same.
  '53100': [DatabaseError, 'gone-unless-error'],
  '53400': [DatabaseError, 'gone-unless-error'],
  '53300': [DatabaseUnavailable, 'again', 'overload', 'gone'],
  // A limit of the server's that a value exceeds: an entry of an index is at most some 2,700 bytes long.
  '54000': [InvalidData],
  '55006': [DatabaseError, 'again'],
  '55P03': [LockNotAvailable, 'again'],
  '57014': [StatementCanceled],
  '57P01': [ConnectionLost, 'again', 'gone', 'evicts'],
  '57P02': [ConnectionLost, 'again', 'gone', 'evicts'],
  '57P03': [DatabaseUnavailable, 'again', 'gone'],
  '57P04': [DatabaseUnavailable, 'gone'],
  '57P05': [ConnectionLost, 'again', 'gone'],
  '58': [DatabaseError, 'gone-unless-error'],
  '72000': [DatabaseError, 'again'],
  XX: [DatabaseError, 'gone-unless-error'],
};

/**
 * PgBouncer says with one code, 08P01, whatever it has to say, and never in translation: here alone the beginning of a
 * text decides. What is not listed is the row of class 08.
 */
const pooler: Readonly<Record<string, Row>> = {
  // It ends those who wait for a server: nothing was handed on.
  query_wait_timeout: [DatabaseUnavailable, 'again', 'overload', 'not-sent', 'gone'],
  'no more connections allowed': [DatabaseUnavailable, 'again', 'overload', 'not-sent', 'gone'],
  'unsupported startup parameter': [DatabaseUnavailable, 'not-sent', 'gone'],
  'server conn crashed?': [ConnectionLost, 'again', 'gone'],
};

/** By the code of the socket or of the look-up of a name. What has `syscall` connect was not sent, whatever it is. */
const sockets: Readonly<Record<string, Row>> = {
  EAI_AGAIN: [DatabaseUnavailable, 'again', 'not-sent', 'gone'],
  ENOTFOUND: [DatabaseUnavailable, 'again', 'not-sent', 'gone'],
  ECONNREFUSED: [DatabaseUnavailable, 'again', 'not-sent', 'gone'],
  // A socket of the file system that the server has not made yet.
  ENOENT: [DatabaseUnavailable, 'again', 'not-sent', 'gone'],
  ECONNRESET: [ConnectionLost, 'again', 'gone', 'evicts'],
  ECONNABORTED: [ConnectionLost, 'again', 'gone', 'evicts'],
  EPIPE: [ConnectionLost, 'again', 'gone', 'evicts'],
  ETIMEDOUT: [ConnectionLost, 'again', 'gone', 'evicts'],
  EHOSTUNREACH: [ConnectionLost, 'again', 'gone', 'evicts'],
  EHOSTDOWN: [ConnectionLost, 'again', 'gone', 'evicts'],
  ENETUNREACH: [ConnectionLost, 'again', 'gone', 'evicts'],
  ENETDOWN: [ConnectionLost, 'again', 'gone', 'evicts'],
};

/** By the text of an error of pg's or its pool's, which give no code. */
const texts: Readonly<Record<string, Row>> = {
  'timeout expired': [DatabaseUnavailable, 'again', 'not-sent', 'gone'],
  'Connection terminated due to connection timeout': [DatabaseUnavailable, 'again', 'not-sent', 'gone'],
  'timeout exceeded when trying to connect': [PoolExhausted, 'overload', 'not-sent'],
  'Cannot use a pool after calling end on the pool': [DatabaseUnavailable, 'not-sent'],
  'The server does not support SSL connections': [DatabaseUnavailable, 'not-sent', 'gone'],
  'Connection terminated unexpectedly': [ConnectionLost, 'again', 'gone', 'evicts'],
  'Connection terminated': [ConnectionLost, 'again', 'gone'],
  'Client has encountered a connection error and is not queryable': [ConnectionLost, 'again', 'not-sent', 'gone'],
  'Client was closed and is not queryable': [ConnectionLost, 'again', 'not-sent', 'gone'],
  // The server is still at it.
  'Query read timeout': [ConnectionLost, 'again', 'gone'],
};

/** By the class of an error of TypeORM's: its query runner lost its connection between two statements. */
const names: Readonly<Record<string, Row>> = {
  QueryRunnerAlreadyReleasedError: [ConnectionLost, 'again', 'not-sent', 'gone'],
  QueryRunnerProviderAlreadyReleasedError: [ConnectionLost, 'again', 'not-sent', 'gone'],
};

/** The one place where a code, or a text where there is no code, gets its meaning. */
export const classification = { states, pooler, sockets, texts, names } as const;

/** Whatever else the server answered. */
export const otherAnswer: Row = [DatabaseError];

/** Whatever else ended a connection. */
export const otherLoss: Row = [ConnectionLost, 'again'];

/** The row of an error of the server's, of pg's or of TypeORM's; null for a value that none is about. */
export function rowOf(value: unknown): Row | null {
  // Not `instanceof Error`: errors of Node's sockets come from another realm where code runs in one of its own, as in Jest.
  if (typeof value !== 'object' || value === null) return null;
  const error: ErrorFields = value;
  const state = sqlStateOf(error);
  if (state !== null) return rowOfState(state, error);
  const first = firstOf(error);
  if (typeof first.code !== 'string') return own(texts, error.message) ?? own(names, error.name) ?? null;
  const row = own(sockets, first.code) ?? null;
  const wasConnecting = first.syscall === 'connect' || first.syscall === 'getaddrinfo';
  return row !== null && wasConnecting && !row.includes('not-sent') ? [...row, 'not-sent'] : row;
}

interface ErrorFields {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly routine?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
}

function rowOfState(state: string, { routine, message }: ErrorFields): Row | null {
  const ofPooler = state === '08P01' ? Object.keys(pooler).find((text) => String(message).startsWith(text)) : undefined;
  if (ofPooler !== undefined) return pooler[ofPooler]!;
  return own(states, `${state} ${String(routine)}`) ?? own(states, state) ?? own(states, state.slice(0, 2)) ?? null;
}

/** Where a host has several addresses, each has an error of its own within an AggregateError. */
function firstOf(error: ErrorFields): ErrorFields {
  const first: unknown = Array.isArray(error.errors) ? error.errors[0] : null;
  return typeof first === 'object' && first !== null ? first : error;
}

function own(rows: Readonly<Record<string, Row>>, key: unknown): Row | undefined {
  return typeof key === 'string' && Object.hasOwn(rows, key) ? rows[key] : undefined;
}
