import type { Outcome } from '@holdfast/errors';
import type { CallOptions, Deadline } from '@holdfast/operation';
import { AmbiguousCommitError, DatabaseError, IntegrityViolation, PoolExhausted } from '../errors/database-error.js';
import { OperationAlreadyDone } from '../errors/operation-already-done.js';
import { nobodysRows } from '../row-level-security/row-scope-settings.js';
import { beginBriefly } from '../session/begin.js';
import { Transaction } from '../session/transaction.js';
import type { Plan, Proof } from '../specs/spec.js';
import type { Commits } from './commits.js';
import { untilAnswered } from './until-answered.js';

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
 * nobody answered in time, and OperationAlreadyDone for a row that somebody has removed since.
 */
export async function proveInsertion<Result>(
  commits: Commits,
  operation: string,
  plan: Plan<Result>,
  lost: AmbiguousCommitError,
  { deadlineMs }: CallOptions,
): Promise<Result> {
  const proof = plan.proof!();
  const prove = (purpose: Purpose, limitMs: number | null): Promise<Proven<Result>> =>
    commits.found(operation, limitMs, (deadline) => proven({ commits, operation, plan, proof, purpose }, deadline));
  const { verdict, result } = await prove('makes', deadlineMs ?? null);
  if (result !== null) return result;
  if (verdict === 'committed') throw new OperationAlreadyDone();
  throw new AmbiguousCommitError(lost.cause, async () => (await prove('asks', null)).verdict);
}

/** An insertion to be proven. */
interface Unproven<Result> {
  readonly commits: Commits;
  readonly operation: string;
  readonly plan: Plan<Result>;
  readonly proof: Proof<Result>;
  readonly purpose: Purpose;
}

async function proven<Result>(insertion: Unproven<Result>, deadline: Deadline): Promise<Proven<Result>> {
  return (await untilAnswered(() => attempt(insertion, deadline), deadline, insertion.commits.clock)) ?? unknown;
}

const unknown = { verdict: 'unknown', result: null } as const;

/** Null where nobody answered. */
async function attempt<Result>(
  { commits, operation, plan, proof: { again, stored }, purpose }: Unproven<Result>,
  deadline: Deadline,
): Promise<Proven<Result> | null> {
  const transaction = new Transaction(
    'write',
    commits.connections,
    beginBriefly,
    { deadline },
    commits.watch(operation),
  );
  const settings = plan.ahead === undefined ? [] : [plan.ahead.settings ?? nobodysRows];
  try {
    const result = again.finish(await transaction.run(again, settings));
    if (result === null) {
      const found = stored.finish(await transaction.run(stored));
      await transaction.rollback();
      return { verdict: 'committed', result: found };
    }
    if (purpose === 'makes') await transaction.commit();
    else await transaction.rollback();
    return { verdict: 'not-committed', result };
  } catch (error) {
    const known = transaction.explained(error);
    await transaction.rollback();
    if (purpose === 'makes' && known instanceof IntegrityViolation) throw plan.failure?.(known) ?? known;
    return mayAnswerLater(known) ? null : unknown;
  }
}

function mayAnswerLater(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  return error.retryable || error.outcome === 'unknown' || error instanceof PoolExhausted;
}
