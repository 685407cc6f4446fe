import type { Changes, EntityOperations, Executor, WriteOptions } from '@holdfast/base';
import type { HoldfastError } from '@holdfast/errors';
import type { QueryCondition, Scope } from '@holdfast/querier';
import { TransitionContested } from './transition-contested.js';

/** A move of one row from whatever state it is in to another. */
export interface Transition<Row extends object, Data> {
  /** Which rows may be moved. */
  readonly condition: QueryCondition<Row>;
  readonly changes: Changes<Row>;
  /** Whether a row may be moved: the condition, of data. */
  readonly isLegal: (from: Data) => boolean;
  /** The error for a row that may not. */
  readonly conflict: (from: Data) => HoldfastError;
}

// Beyond it somebody keeps moving the row, or the database keeps it where it is.
const MOST_ATTEMPTS = 3;

/** The most statements of `transition`: a change, and a look at what stood in its way, for each attempt. */
export const transitionStatements = 2 * MOST_ATTEMPTS;

/**
 * Moves a row by one statement, so that of two callers one succeeds and the other sees what the first one made of it.
 * Throws the domain's not-found error, the transition's `conflict` where the row may not be moved, and
 * `TransitionContested` where it may, and others are there first each time.
 */
export async function transition<Row extends object, Data, Id>(
  executor: Executor,
  operations: EntityOperations<Row, Data, Id>,
  scope: Scope<Row>,
  id: Id,
  { condition, changes, isLegal, conflict }: Transition<Row, Data>,
  options?: WriteOptions,
): Promise<Data> {
  for (let attempt = 1; ; attempt++) {
    const moved = await executor.execute(operations.updateIf(scope, id, condition, { changes }), options);
    if (moved !== null) return moved;
    const current = await executor.execute(operations.get(scope, id), options);
    if (!isLegal(current)) throw conflict(current);
    if (attempt === MOST_ATTEMPTS) throw new TransitionContested();
    // Somebody else moved it in between to where the change is legal: it deserves another try.
  }
}
