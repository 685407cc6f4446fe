import { isHoldfastError, Misuse } from '@holdfast/errors';
import { ambientCall, type CallOptions, Deadline } from '@holdfast/operation';
import type pg from 'pg';
import { AmbiguousCommitError, UnreadableAnswer } from './errors/database-error.js';
import { runError } from './errors/driver-error.js';
import { connectionError } from './errors/connection-error.js';
import type { Plan } from './specs/spec.js';
import { nobodysRows } from './row-level-security/row-scope-settings.js';
import { collisionIn } from './session/collision.js';
import type { Replay } from './session/replay.js';
import { type Trip, tripsOf } from './specs/trips.js';
import { type Connections, isUsable } from './wire/connection-pool.js';
import { runCancelable } from './wire/run-cancelable.js';
import type { RunLimits } from './wire/run-limits.js';
import type { RowSink } from './wire/row-sink.js';
import type { RunFailure } from './wire/run-failure.js';

/**
 * One statement on a connection of its own, in one trip: the implicit transaction of one Sync. Its signal and its deadline
 * end it, while it runs by a cancel at the server, whose answer is the one that counts. A write whose scope asks for what
 * must be there takes two. What collided with other transactions is made again.
 */
export function executePlan<Result>(
  pool: Connections,
  plan: Plan<Result>,
  writes: boolean,
  options: CallOptions,
  replay: Replay,
  operation: string,
): Promise<Result> {
  const { signal, deadlineMs } = options;
  const deadline = deadlineMs === undefined ? null : Deadline.after(deadlineMs, replay.clock);
  return new Promise<Result>((resolve, reject) => {
    // Answers come in the context of whoever opened the connection.
    const limits = { signal, deadline, operation, call: ambientCall() };
    sendPlan(pool, plan, writes, options, limits, resolve, (error) => {
      if (collisionIn(error) === null) return reject(error);
      const again = (): Promise<Result> =>
        new Promise((done, failed) => {
          const left = deadline === null ? options : { ...options, deadlineMs: deadline.remainingMs };
          sendPlan(pool, plan, writes, left, limits, done, failed);
        });
      resolve(replay.after(error, limits, again));
    });
  });
}

function sendPlan<Result>(
  pool: Connections,
  plan: Plan<Result>,
  writes: boolean,
  options: CallOptions,
  limits: RunLimits,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
): void {
  pool.checkOut(options, (unavailable, client, release) => {
    if (unavailable !== null) return reject(connectionError(unavailable));
    const end: TripDone<Result> = (broken, make) => {
      release(broken);
      settle(make, resolve, reject);
    };
    if (plan.ahead === undefined) return runTrip(client, { plan, before: plan.before ?? nothing }, writes, limits, end);
    const { first, last } = tripsOf(plan, plan.ahead, writes, nobodysRows);
    if (first === null) return runTrip(client, last, writes, limits, end);
    runTrip(client, first, false, limits, (broken, make) => {
      settle(
        make,
        () => runTrip(client, last, writes, limits, end),
        (error) => {
          release(broken);
          reject(error);
        },
      );
    });
  });
}

const nothing = [] as const;

/** Called once, with how to give the connection back, and with what makes the result or throws why there is none. */
type TripDone<Result> = (broken: Error | boolean, make: () => Result) => void;

function runTrip<Result>(
  client: pg.PoolClient,
  { plan, before }: Trip<Result>,
  writes: boolean,
  limits: RunLimits,
  done: TripDone<Result>,
): void {
  const run = (isLast: boolean): void => {
    runCancelable(client, plan, before, limits, (failure, sink) => {
      // The server did nothing, and has forgotten the statement: prepared anew, it will do.
      if (failure?.kind === 'stale' && !isLast) return run(true);
      const isClean = isUsable(client) && failure?.kind !== 'lost' && failure?.kind !== 'not-sent';
      done(isClean ? false : (failure?.error ?? true), () => result(plan, failure, sink, writes, isClean, client));
    });
  };
  run(false);
}

function result<Result>(
  plan: Plan<Result>,
  failure: RunFailure | null,
  sink: RowSink,
  writes: boolean,
  isClean: boolean,
  client: pg.PoolClient,
): Result {
  if (failure?.kind === 'canceled') throw failure.error;
  if (failure !== null) {
    const known = runError(failure, writes ? 'committing' : 'reading');
    const error = known instanceof AmbiguousCommitError ? ofProcess(known, client) : known;
    throw plan.failure?.(error) ?? error;
  }
  // Somebody had left a transaction open on the connection, and it goes with it.
  if (writes && !isClean) throw new AmbiguousCommitError(new Error('The connection was within a transaction.'));
  try {
    return plan.finish(sink);
  } catch (error) {
    if (!writes || sink.affected === 0 || (isHoldfastError(error) && !(error instanceof Misuse))) throw error;
    // It is stored, whatever went wrong in making data of it.
    throw new UnreadableAnswer({ cause: error, retryable: false, outcome: 'committed' });
  }
}

function settle<Result>(make: () => Result, resolve: (result: Result) => void, reject: (error: unknown) => void): void {
  let made: Result;
  try {
    made = make();
  } catch (error) {
    return reject(error);
  }
  resolve(made);
}

function ofProcess({ cause }: AmbiguousCommitError, client: pg.PoolClient): AmbiguousCommitError {
  const { processID = null } = client as { readonly processID?: number | null };
  return new AmbiguousCommitError(cause, null, processID);
}
