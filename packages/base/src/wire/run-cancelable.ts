import type pg from 'pg';
import { Cancelation } from './cancelation.js';
import { sqlStateOf } from '../errors/sql-state.js';
import type { RunFailure } from './run-failure.js';
import { rowSink } from './row-sink.js';
import { isLimited, type RunLimits } from './run-limits.js';
import { runStatement } from './run-statement.js';
import type { Step } from './statement.js';
import type { RunDone } from './statement-run.js';

/**
 * Runs a statement until its signal aborts or its deadline passes: then the server is asked to cancel it. What it then
 * answers decides: that it did so (`canceled`, by the signal's reason or DeadlineExceeded), what else it failed with, or
 * the result, if that was there first. One that is not answered any more is `lost`, and the connection with it.
 */
export function runCancelable(
  client: pg.ClientBase,
  step: Step,
  before: readonly Step[],
  limits: RunLimits,
  done: RunDone,
): void {
  if (!isLimited(limits)) return runStatement(client, step, before, done);
  const cancelation = new Cancelation(client, limits);
  if (cancelation.reason !== null) return done({ kind: 'canceled', error: cancelation.reason }, rowSink());
  cancelation.begins();
  runStatement(client, step, before, (failure, sink) => {
    cancelation.ends();
    done(cancelation.reason === null ? failure : madeOf(failure, cancelation.reason, cancelation.noAnswer), sink);
  });
}

function madeOf(failure: RunFailure | null, reason: Error, noAnswer: Error | null): RunFailure | null {
  if (noAnswer !== null) return { kind: 'lost', error: noAnswer };
  const isCanceled = failure?.kind === 'answered' && sqlStateOf(failure.error) === '57014';
  return isCanceled ? { kind: 'canceled', error: reason } : failure;
}
