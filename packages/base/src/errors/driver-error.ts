import { type HoldfastError, isHoldfastError, type Outcome } from '@holdfast/errors';
import { failureOf, type RunFailure, type RunFailureKind } from '../wire/run-failure.js';
import { otherAnswer, otherLoss, type Row, rowOf } from './classification.js';
import {
  AmbiguousCommitError,
  DatabaseUnavailable,
  PoolExhausted,
  StalePlan,
  StatementCanceled,
  UnreadableAnswer,
} from './database-error.js';
import { driverCause } from './driver-cause.js';
import type { Phase } from './phase.js';
import { sqlStateOf } from './sql-state.js';

/** The failure of a statement as an error of ours, by the row that it has in the classification, and by phase. */
export function runError({ kind, error }: RunFailure, phase: Phase): HoldfastError {
  if (kind === 'unreadable') {
    // A write that commits itself was done all the same.
    const outcome = phase === 'committing' ? 'committed' : 'not-committed';
    return new UnreadableAnswer({ cause: error, retryable: false, outcome });
  }
  if (isHoldfastError(error)) return error;
  const row = kind === 'canceled' ? canceled : (rowOf(error) ?? (kind === 'lost' ? otherLoss : otherAnswer));
  const outcome = outcomeOf(kind, row, phase);
  if (outcome === 'unknown') return new AmbiguousCommitError(error);
  if (kind === 'stale') return new StalePlan({ cause: error, retryable: true, outcome });
  const [type, ...traits] = row;
  const writes = phase === 'open' || phase === 'committing';
  return new (classOf(type, phase))({
    cause: error,
    retryable: traits.includes('again') || (writes && traits.includes('again-if-writing')),
    outcome,
    isOverload: traits.includes('overload'),
  });
}

// What its caller gave up for a reason of their own.
const canceled: Row = [StatementCanceled];

/**
 * Once COMMIT was sent, only an answer after which the server goes on says that nothing is stored: what ends a connection
 * may have ended it after the commit. What was not sent is not stored, in whatever phase.
 */
function outcomeOf(kind: RunFailureKind, row: Row, phase: Phase): Outcome {
  const wasSent = kind !== 'not-sent' && !row.includes('not-sent') && (phase === 'open' || phase === 'committing');
  if (!wasSent) return 'not-committed';
  if (row.includes('unknown')) return 'unknown';
  if (phase === 'open') return 'not-committed';
  return kind === 'lost' || row.includes('unknown-commit') ? 'unknown' : 'not-committed';
}

/** Without a connection there is none to be lost, and no statement to be refused. */
function classOf(type: Row[0], phase: Phase): Row[0] {
  return phase === 'not-sent' && type !== PoolExhausted ? DatabaseUnavailable : type;
}

/** The same for what a query of pg's own threw; what is no error of the database or the way to it, is left as it is. */
export function driverError(error: unknown, phase: Phase): unknown {
  if (isHoldfastError(error)) return error;
  const cause = driverCause(error);
  const isOfDriver = sqlStateOf(cause) !== null || isOfConnection(cause, cause !== error);
  return isOfDriver ? runError(failureOf(cause), phase) : error;
}

/** Callers may have sockets of their own, whose errors look alike where they could not even connect. */
function isOfConnection(cause: unknown, isWrapped: boolean): boolean {
  if (rowOf(cause) === null) return false;
  const { code, syscall } = cause as { readonly code?: unknown; readonly syscall?: unknown };
  return isWrapped || code === undefined || syscall === 'read' || syscall === 'write';
}
