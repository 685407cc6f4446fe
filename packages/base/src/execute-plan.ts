import { isHoldfastError, Misuse } from '@holdfast/errors';
import { ambientCall } from '@holdfast/operation';
import type pg from 'pg';
import { AmbiguousCommitError, UnreadableAnswer } from './errors/database-error.js';
import { runError } from './errors/driver-error.js';
import { connectionError } from './errors/connection-error.js';
import type { Plan } from './specs/spec.js';
import { nobodysRows } from './row-level-security/row-scope-settings.js';
import { collisionIn } from './session/collision.js';
import type { Replay } from './session/replay.js';
import { tripsOf } from './specs/trips.js';
import { type Connections, isUsable } from './wire/connection-pool.js';
import { runCancelable } from './wire/run-cancelable.js';
import type { RunLimits } from './wire/run-limits.js';
import type { RowSink } from './wire/row-sink.js';
import type { RunFailure } from './wire/run-failure.js';
import type { Step } from './wire/statement.js';

/**
 * One statement on a connection of its own, in one trip: the implicit transaction of one Sync. Its signal and its deadline
 * end it, while it runs by a cancel at the server, whose answer is the one that counts. A write whose scope asks for what
 * must be there takes two. What collided with other transactions is made again; `instead` may answer for another failure.
 */
export function executePlan<Result>(
  pool: Connections,
  plan: Plan<Result>,
  writes: boolean,
  { signal, deadline = null }: RunLimits,
  replay: Replay,
  operation: string,
  instead: ((error: unknown) => Promise<Result> | null) | null = null,
): Promise<Result> {
  // Answers come in the context of whoever opened the connection.
  const limits = { signal, deadline, operation, call: ambientCall() };
  const attempt = (fail: Fail<Result>): Promise<Result> =>
    new Promise((resolve, reject) => new Attempt(plan, writes, limits, resolve, reject, fail).start(pool));
  const answerOr: Fail<Result> = (error, resolve, reject) => {
    const answer = instead?.(error) ?? null;
    if (answer === null) reject(error);
    else resolve(answer);
  };
  return attempt((error, resolve, reject) => {
    if (collisionIn(error) === null) answerOr(error, resolve, reject);
    else resolve(replay.after(error, limits, () => attempt(answerOr)));
  });
}

type Resolve<Result> = (result: Result | Promise<Result>) => void;
type Reject = (error: unknown) => void;

/** What becomes of a failure. */
type Fail<Result> = (error: unknown, resolve: Resolve<Result>, reject: Reject) => void;

const nothing = [] as const;

/** A plan on its way to a connection, to the server and back: the whole state of it, so that nothing else is made for it. */
class Attempt<Result> {
  readonly #plan: Plan<Result>;
  readonly #writes: boolean;
  readonly #limits: RunLimits;
  readonly #resolve: Resolve<Result>;
  readonly #reject: Reject;
  readonly #onFailure: Fail<Result>;
  #client!: pg.PoolClient;
  #release!: (broken?: Error | boolean) => void;

  constructor(
    plan: Plan<Result>,
    writes: boolean,
    limits: RunLimits,
    resolve: Resolve<Result>,
    reject: Reject,
    onFailure: Fail<Result>,
  ) {
    this.#plan = plan;
    this.#writes = writes;
    this.#limits = limits;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#onFailure = onFailure;
  }

  start(pool: Connections): void {
    pool.checkOut(this.#limits, (unavailable, client, release) => {
      if (unavailable !== null) return this.#fail(connectionError(unavailable));
      this.#client = client;
      this.#release = release;
      this.#send();
    });
  }

  #send(): void {
    const plan = this.#plan;
    if (plan.ahead === undefined) return this.#last(plan, plan.before ?? nothing);
    const { first, last } = tripsOf(plan, plan.ahead, this.#writes, nobodysRows);
    if (first === null) return this.#last(last.plan, last.before);
    this.#run(first.plan, first.before, true, (failure, sink) => {
      try {
        resultOf(first.plan, failure, sink, false, this.#client);
      } catch (error) {
        this.#giveBack(failure);
        return this.#fail(error);
      }
      this.#last(last.plan, last.before);
    });
  }

  #last(plan: Plan<Result>, before: readonly Step[]): void {
    this.#run(plan, before, true, (failure, sink) => {
      const isClean = this.#giveBack(failure);
      let result: Result;
      try {
        // Somebody had left a transaction open on the connection, and it goes with it.
        if (this.#writes && failure === null && !isClean) throw new AmbiguousCommitError(new Error(leftOpen));
        result = resultOf(plan, failure, sink, this.#writes, this.#client);
      } catch (error) {
        return this.#fail(error);
      }
      this.#resolve(result);
    });
  }

  #run(
    step: Step,
    before: readonly Step[],
    mayPrepareAnew: boolean,
    done: (failure: RunFailure | null, sink: RowSink) => void,
  ): void {
    runCancelable(this.#client, step, before, this.#limits, (failure, sink) => {
      // The server did nothing, and has forgotten the statement: prepared anew, it will do.
      if (failure?.kind === 'stale' && mayPrepareAnew) return this.#run(step, before, false, done);
      done(failure, sink);
    });
  }

  /** Whether the connection can be used again. */
  #giveBack(failure: RunFailure | null): boolean {
    const isClean = isUsable(this.#client) && failure?.kind !== 'lost' && failure?.kind !== 'not-sent';
    this.#release(isClean ? false : (failure?.error ?? true));
    return isClean;
  }

  #fail(error: unknown): void {
    this.#onFailure(error, this.#resolve, this.#reject);
  }
}

const leftOpen = 'The connection was within a transaction.';

function resultOf<Result>(
  plan: Plan<Result>,
  failure: RunFailure | null,
  sink: RowSink,
  writes: boolean,
  client: pg.PoolClient,
): Result {
  if (failure?.kind === 'canceled') throw failure.error;
  if (failure !== null) {
    const known = runError(failure, writes ? 'committing' : 'reading');
    const error = known instanceof AmbiguousCommitError ? ofProcess(known, client) : known;
    throw plan.failure?.(error) ?? error;
  }
  try {
    return plan.finish(sink);
  } catch (error) {
    if (!writes || sink.affected === 0 || (isHoldfastError(error) && !(error instanceof Misuse))) throw error;
    // It is stored, whatever went wrong in making data of it.
    throw new UnreadableAnswer({ cause: error, retryable: false, outcome: 'committed' });
  }
}

function ofProcess({ cause }: AmbiguousCommitError, client: pg.PoolClient): AmbiguousCommitError {
  const { processID = null } = client as { readonly processID?: number | null };
  return new AmbiguousCommitError(cause, null, processID);
}
