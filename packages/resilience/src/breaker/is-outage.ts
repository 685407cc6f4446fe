import { type HoldfastError, isHoldfastError } from '@holdfast/errors';
import { errorDetailOf } from '../error-detail.js';
import { isConnectionFailure } from '../is-connection-failure.js';

// The last one is that of a write whose answer was lost with its connection.
const details: ReadonlySet<string> = new Set([
  'unavailable',
  'unreachable',
  'timeout',
  'task-timeout',
  'unknown-outcome',
]);

/**
 * What a CircuitBreakerPolicy counts as failure by default: that somebody did not answer, or not in time.
 *
 * - Holdfast's errors, by the last word of their code: `unavailable`, `unreachable`, `timeout`, `task-timeout`,
 *   `unknown-outcome`. So no error that is an answer: not found, conflicts, deadlocks, serialization failures, locks.
 * - Not those of a limit of our own, which say nothing of the other side: an overload (`isOverload`) that no server has
 *   spoken of (`sqlState` is null or absent). A pool without a free connection, a bulkhead without room and an open circuit
 *   are that; `too_many_connections` is not.
 * - Not a write that the program itself made in a transaction that only reads.
 * - Foreign errors only where they say so too: a TimeoutError, or one of Node's for a connection that failed. Any other,
 *   a TypeError for instance, may be a fault of the program, and the other side is not switched off for that.
 */
export function isOutage(error: unknown): boolean {
  if (!details.has(errorDetailOf(error))) return !isHoldfastError(error) && isConnectionFailure(error);
  return !isHoldfastError(error) || !isOurs(error);
}

// By structure: errors of the database are not known here.
function isOurs(error: HoldfastError): boolean {
  const { isOverload, sqlState = null } = error as { readonly isOverload?: unknown; readonly sqlState?: unknown };
  if (sqlState === null) return isOverload === true;
  return (sqlState === '25006' || sqlState === '0A000') && !error.retryable;
}
