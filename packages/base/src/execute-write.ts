import { isHoldfastError, Misuse } from '@holdfast/errors';
import type { Begun } from './ambient-limits.js';
import type { WatchedWrite } from './commit/commit-watch.js';
import { proveInsertion } from './commit/prove-insertion.js';
import { AmbiguousCommitError, DatabaseError, StalePlan, UnreadableAnswer } from './errors/database-error.js';
import { OperationAlreadyDone } from './errors/operation-already-done.js';
import { executePlan } from './execute-plan.js';
import { KeptAnswer } from './operation-keys/kept-answer.js';
import { KeyedWrite } from './operation-keys/keyed-write.js';
import { missingTable } from './operation-keys/missing-table.js';
import { payloadOf } from './operation-keys/payload-of.js';
import { recall, type RecallParts } from './operation-keys/recall.js';
import { nobodysRows } from './row-level-security/row-scope-settings.js';
import { BEGIN } from './session/begin.js';
import type { LeaseLimits } from './session/leased-connection.js';
import type { ReplayLimits } from './session/replay.js';
import { Transaction } from './session/transaction.js';
import type { Plan, StatementWrite } from './specs/spec.js';
import { type Trip, type Trips, tripsOf } from './specs/trips.js';
import type { Step } from './wire/statement.js';
import { commitFormOf, type WriteOptions } from './write-options.js';

/** What writes of one statement are executed with. */
export type WriteParts = RecallParts;

/**
 * One statement that writes, as a transaction of its own, so that a lost answer is made up for: by BEGIN and the id of the
 * transaction in front of it and a COMMIT that is resolved, by an operation key, or, of a creation whose key was made
 * here, in one trip and by being made again.
 */
export function executeWrite<Result>(
  parts: WriteParts,
  spec: StatementWrite<Result>,
  options: Begun<WriteOptions>,
): Promise<Result> {
  if (spec.locks) throw new Misuse('A row is locked within a dbSession: its lock ends with the transaction.');
  const form = commitFormOf(options);
  const limits = limitsOf(spec.name, options);
  const plan = spec.plan(parts.catalog, options.actor ?? null);
  const { operationKey } = options;
  if (operationKey !== undefined) {
    const scope = spec.scopeDigest?.();
    const key = new KeyedWrite(operationKey, {
      operation: spec.name,
      scope,
      payload: payloadOf(plan),
      actor: options.actor,
    });
    const write = { operation: spec.name, key };
    // What asks for something before it takes more than one trip anyway, and the key goes before the first. What finds
    // nothing to do must leave no key, and that is known before its COMMIT only where that goes apart.
    const asksNothing = (plan.ahead?.checks ?? null) === null;
    const orFails = form === 'one-trip' && asksNothing ? plan.orFails?.() : undefined;
    if (orFails === undefined) return inTransaction(parts, plan, write, limits);
    return inOneTrip(parts, plan, orFails, write, limits).catch((error: unknown) => {
      if (!mayBeUnstored(error)) throw error;
      // Nothing is stored, and no key: why, the statement itself tells, where it can be looked at before its COMMIT.
      return inTransaction(parts, plan, write, limits);
    });
  }
  if (plan.writes === false) return executePlan(parts.pool, plan, false, options, parts.replay, spec.name);
  if (form === 'one-trip') return executePlan(parts.pool, plan, true, options, parts.replay, spec.name);
  if ((plan.proof ?? null) === null) return inTransaction(parts, plan, { operation: spec.name, key: null }, limits);
  return executePlan(parts.pool, plan, true, options, parts.replay, spec.name, (error) =>
    error instanceof AmbiguousCommitError
      ? proveInsertion(parts.commits, spec.name, plan, error, limits.deadline)
      : null,
  );
}

const nothing = [] as const;
const beginning = [BEGIN] as const;

/** What ends a call, all its attempts and proofs included. */
type Limits = ReplayLimits & LeaseLimits;

function limitsOf(operation: string, { signal, deadline = null }: Begun<WriteOptions>): Limits {
  return { operation, signal, deadline };
}

/** BEGIN and whatever is asked of it ride in front of the statement; COMMIT is a trip of its own. */
function inTransaction<Result>(
  parts: WriteParts,
  plan: Plan<Result>,
  { operation, key }: WatchedWrite,
  limits: Limits,
): Promise<Result> {
  const { pool, commits, replay } = parts;
  const { ahead, before = nothing } = plan;
  const trips = ahead === undefined ? { first: null, last: { plan, before } } : tripsOf(plan, ahead, true, nobodysRows);
  const attempt = (isAnew: boolean): Promise<Result> => {
    const transaction = new Transaction('write', pool, beginning, limits, commits.watch(operation, key));
    return inTrips(transaction, trips, key).catch(async (error: unknown) => {
      const known = transaction.trouble.explained(error);
      await transaction.rollback();
      // What was prepared no longer fits: prepared anew, it will do. That is no collision, which costs an attempt.
      if (known instanceof StalePlan && !isAnew) return attempt(true);
      if (key?.isTaken(known) === true) return recalled(parts, trips.last, key, limits);
      const told = key === null ? known : missingTable(known);
      throw told instanceof DatabaseError ? (plan.failure?.(told) ?? told) : told;
    });
  };
  return replay.run(limits, () => attempt(false));
}

function inTrips<Result>(
  transaction: Transaction,
  { first, last }: Trips<Result>,
  key: KeyedWrite | null,
): Promise<Result> {
  // The key first: what must be there may have gone since the write was done.
  const inFront = key === null ? nothing : [key.insertion];
  if (first === null) return lastTrip(transaction, last, key, inFront);
  return transaction.run(first.plan, [...inFront, ...first.before]).then((sink) => {
    first.plan.finish(sink);
    return lastTrip(transaction, last, key, nothing);
  });
}

function lastTrip<Result>(
  transaction: Transaction,
  last: Trip<Result>,
  key: KeyedWrite | null,
  inFront: readonly Step[],
): Promise<Result> {
  if (key !== null) return keptTrip(transaction, last, key, inFront);
  const { plan, before } = last;
  return transaction.run(plan, before).then((sink) => {
    const result = readable(() => plan.finish(sink));
    return transaction.commit().then(() => result);
  });
}

/** With its answer kept beside the key. */
async function keptTrip<Result>(
  transaction: Transaction,
  last: Trip<Result>,
  key: KeyedWrite,
  inFront: readonly Step[],
): Promise<Result> {
  const kept = new KeptAnswer(last);
  const answer = kept.text(await transaction.run(kept.step, [...inFront, ...kept.before]));
  const result = readable(() => kept.finish(answer));
  // What found nothing to do is done when it comes again, and has no key.
  if (result === null) await transaction.rollback();
  else await transaction.commit([key.keep(answer)]);
  return result;
}

/** Nothing is committed of what no data can be made of. */
function readable<Result>(finish: () => Result): Result {
  try {
    return finish();
  } catch (error) {
    if (isHoldfastError(error)) throw error;
    throw new UnreadableAnswer({ cause: error, retryable: false, outcome: 'not-committed' });
  }
}

/** What was answered when the write with this key was done. */
async function recalled<Result>(
  parts: WriteParts,
  last: Trip<Result>,
  key: KeyedWrite,
  limits: Limits,
): Promise<Result> {
  return new KeptAnswer(last).finish(await recall(parts, key, limits));
}

/** Division by zero: nothing was stored, or a trigger divides. Not supported: a table with rules. */
function mayBeUnstored(error: unknown): boolean {
  return error instanceof DatabaseError && (error.sqlState === '22012' || error.sqlState === '0A000');
}

/** The key rides in front. Where the answer is lost the key tells that it was done, and not what the answer was. */
function inOneTrip<Result>(
  parts: WriteParts,
  plan: Plan<Result>,
  { statement, values }: Step,
  write: WatchedWrite & { readonly key: KeyedWrite },
  limits: Limits,
): Promise<Result> {
  const { pool, replay, commits } = parts;
  const { key } = write;
  const keyed: Plan<Result> = {
    ...plan,
    statement,
    values,
    before: [key.insertion, ...(plan.before ?? nothing)],
    failure: (error) => (key.isTaken(error) || mayBeUnstored(error) ? error : (plan.failure?.(error) ?? error)),
  };
  const settled = (lost: AmbiguousCommitError): Promise<unknown> =>
    commits.settle(lost, null, write, limits.deadline?.remainingMs ?? null).then(
      () => new OperationAlreadyDone(),
      (error: unknown) => error,
    );
  return replay.run(limits, async () => {
    try {
      return await executePlan(pool, keyed, true, limits, replay, write.operation);
    } catch (error) {
      const known = error instanceof AmbiguousCommitError ? await settled(error) : error;
      if (key.isTaken(known)) return recalled(parts, { plan, before: plan.before ?? nothing }, key, limits);
      throw missingTable(known);
    }
  });
}
