import type pg from 'pg';
import type { RowSink } from './row-sink.js';
import type { runCancelable } from './run-cancelable.js';
import type { RunFailure } from './run-failure.js';
import type { RunLimits } from './run-limits.js';
import type { Step } from './statement.js';

/** What a statement came to: how it failed, if it did, and what arrived. */
export type Answer = readonly [failure: RunFailure | null, sink: RowSink];

/** Runs a statement within limits, by `runCancelable` or `runToItsEnd`, as a promise that never rejects. */
export function answered(
  run: typeof runCancelable,
  client: pg.ClientBase,
  step: Step,
  before: readonly Step[],
  limits: RunLimits,
): Promise<Answer> {
  return new Promise((resolve) => run(client, step, before, limits, (...answer) => resolve(answer)));
}
