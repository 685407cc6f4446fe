import type { Outcome } from '@holdfast/errors';
import type { Deadline } from '@holdfast/operation';
import {
  AmbiguousCommitError,
  DatabaseError,
  ExclusionViolation,
  ForeignKeyViolation,
  LockNotAvailable,
  PoolExhausted,
  UniqueViolation,
} from '../errors/database-error.js';
import { OperationAlreadyDone } from '../errors/operation-already-done.js';
import { nobodysRows } from '../row-level-security/row-scope-settings.js';
import { beginBriefly } from '../session/begin.js';
import { Transaction } from '../session/transaction.js';
import type { Plan, Proof } from '../specs/spec.js';
import type { Commits } from './commits.js';
import { untilAnswered } from './until-answered.js';
import { rowSink } from '../wire/row-sink.js';

/** What was found out of the insertion whose answer was lost, and the row that is stored now, where one is. */
interface Proven<Result> {
  readonly verdict: Outcome;
  readonly result: Result | null;
}

/** `asks`: the insertion is undone where it was not done before. */
type Purpose = 'makes' | 'asks';

/**
 * Makes an insertion again whose answer was lost, with the same key, until it is known that it is stored once: either it
 * was, which its key says, or it is now. Throws what it fails with where it cannot be stored, AmbiguousCommitError where
 * that is not to be known, OperationAlreadyDone for a row that somebody has removed since, and what `plan` makes of no row
 * where the database skips it.
 */
export async function proveInsertion<Result>(
  commits: Commits,
  operation: string,
  plan: Plan<Result>,
  lost: AmbiguousCommitError,
  deadline: Deadline | null,
): Promise<Result> {
  const proof = plan.proof!();
  const prove = (purpose: Purpose, limitMs: number | null): Promise<Proven<Result>> =>
    commits.found(operation, limitMs, async (limit) => {
      const { processId } = lost;
      const insertion = { commits, operation, plan, proof, purpose, processId, wasRefused: false };
      return (await untilAnswered(() => attempt(insertion, limit), limit, commits.clock)) ?? unknown;
    });
  const { verdict, result } = await prove('makes', deadline?.remainingMs ?? null);
  if (result !== null) return result;
  if (verdict === 'committed') throw new OperationAlreadyDone();
  // Throws what an insertion throws that the database skips.
  if (verdict === 'not-committed') return plan.finish(rowSink());
  throw new AmbiguousCommitError(lost.cause, async () => (await prove('asks', null)).verdict);
}

/** An insertion to be proven. */
interface Unproven<Result> {
  readonly commits: Commits;
  readonly operation: string;
  readonly plan: Plan<Result>;
  readonly proof: Proof<Result>;
  readonly purpose: Purpose;
  /** The server process that the first one was sent to, where that is known. */
  readonly processId: number | null;
  /** Once may have been for the row itself, stored after it was looked for. */
  wasRefused: boolean;
}

const unknown = { verdict: 'unknown', result: null } as const;

/** Null where nobody answered. */
async function attempt<Result>(insertion: Unproven<Result>, deadline: Deadline): Promise<Proven<Result> | null> {
  const { commits, operation, plan, purpose, processId, wasRefused } = insertion;
  const { again, stored } = insertion.proof;
  const transaction = new Transaction(
    'write',
    commits.connections,
    beginBriefly,
    { deadline },
    commits.watch(operation),
  );
  const settings = plan.ahead === undefined ? [] : [plan.ahead.settings ?? nobodysRows];
  const look = async (): Promise<Result | null> => stored.finish(await transaction.run(stored, settings));
  try {
    // Who sees the row knows; who does not, knows nothing yet: somebody may be about to store it.
    const found = await look();
    const made = found === null ? again.finish(await transaction.run(again)) : null;
    if (made === null) {
      const result = found ?? (await look());
      // It was removed just now, and could be made; or a trigger skips it, each time.
      const isSkipped = result === null && again.finish(await transaction.run(again)) === null;
      await transaction.rollback();
      return { verdict: isSkipped ? 'not-committed' : 'committed', result };
    }
    if (purpose === 'makes') await transaction.commit();
    else await transaction.rollback();
    return { verdict: 'not-committed', result: purpose === 'makes' ? made : null };
  } catch (error) {
    const known = transaction.trouble.explained(error);
    await transaction.rollback();
    if (known instanceof LockNotAvailable && processId !== null) await commits.terminate(processId, plan, deadline);
    if (mayAnswerLater(known)) return null;
    if (purpose === 'asks' || !isAskedAfterTheKey(known)) return unknown;
    if (wasRefused) throw plan.failure?.(known) ?? known;
    insertion.wasRefused = true;
    return null;
  }
}

/** What is violated by a row whose key was found not to be there. Triggers and other constraints come before the key. */
function isAskedAfterTheKey(error: unknown): error is UniqueViolation | ForeignKeyViolation | ExclusionViolation {
  return [UniqueViolation, ForeignKeyViolation, ExclusionViolation].some((type) => error instanceof type);
}

function mayAnswerLater(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  return error.retryable || error.outcome === 'unknown' || error instanceof PoolExhausted;
}
