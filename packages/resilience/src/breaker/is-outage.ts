import { type HoldfastError, isHoldfastError } from '@holdfast/errors';
import { errorDetailOf } from '../error-detail.js';
import { isConnectionFailure } from '../is-connection-failure.js';
import { isOverload } from '../is-overload.js';

// The last one is that of a write whose answer was lost with its connection.
const details: ReadonlySet<string> = new Set([
  'unavailable',
  'unreachable',
  'timeout',
  'task-timeout',
  'unknown-outcome',
]);

// disk_full, and the classes of system errors.
const damage = /^(?:53100|58...)$/;

// read_only_sql_transaction, and what a server in recovery says.
const onlyReads: ReadonlySet<string> = new Set(['25006', '0A000']);

/**
 * What a CircuitBreakerPolicy counts as failure by default: that somebody did not answer, or not in time.
 *
 * - Holdfast's errors, by the last word of their code: `unavailable`, `unreachable`, `timeout`, `task-timeout`,
 *   `unknown-outcome`. So no error that is an answer: not found, conflicts, deadlocks, serialization failures, locks.
 * - Not those of a limit of our own, which say nothing of the other side: an overload (`isOverload`) that no server has
 *   spoken of (`sqlState` is null or absent). A pool without a free connection, a bulkhead without room, an open circuit and
 *   a deadline that passed before anything was asked are that; `too_many_connections` is not.
 * - Not a write that the program itself made in a transaction that only reads: one that is not retryable.
 * - What needs somebody to look after the server, by its SQLSTATE: 53100 (the disk is full) and class 58 (system errors).
 * - Foreign errors only where they say so too: a TimeoutError, or one of Node's for a connection that failed. Any other,
 *   a TypeError for instance, may be a fault of the program, and the other side is not switched off for that.
 */
export function isOutage(error: unknown): boolean {
  const isSaid = details.has(errorDetailOf(error));
  if (!isHoldfastError(error)) return isSaid || isConnectionFailure(error);
  const sqlState = sqlStateOf(error);
  if (sqlState !== null && damage.test(sqlState)) return true;
  return isSaid && !(sqlState === null ? isOverload(error) : onlyReads.has(sqlState) && !error.retryable);
}

// By structure: errors of the database are not known here.
function sqlStateOf(error: HoldfastError): string | null {
  const { sqlState } = error as { readonly sqlState?: unknown };
  return typeof sqlState === 'string' ? sqlState : null;
}
