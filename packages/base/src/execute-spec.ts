import type { CallOptions } from '@holdfast/operation';
import { DeadlineExceeded } from './deadline-exceeded.js';
import type { EntityCatalog } from './entity/entity-catalog.js';
import { driverError, isAnswer } from './errors/driver-error.js';
import type { Plan, ReadSpec, WriteSpec } from './specs/spec.js';
import { type ConnectionPool, isUsable } from './wire/connection-pool.js';
import { runStatement } from './wire/run-statement.js';

/**
 * One spec on a connection of its own, in one trip: the implicit transaction of one Sync. Until it is sent, it ends with
 * its signal or deadline; what was sent is waited for.
 */
export function executeSpec<Result>(
  pool: ConnectionPool,
  catalog: EntityCatalog,
  spec: ReadSpec<Result> | WriteSpec<Result>,
  options: CallOptions,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const plan = spec.plan(catalog);
    const waiting = waitingFor(options, reject);
    pool.checkOut((unavailable, client, release) => {
      if (waiting?.isOver() === true) return unavailable === null ? release() : undefined;
      if (unavailable !== null) return reject(driverError(unavailable, 'connecting'));
      runStatement(client, plan, nothing, (error, sink) => {
        if (error === null) {
          release();
          resolveWith(() => plan.finish(sink), resolve, reject);
        } else {
          release(isUsable(client) && isAnswer(error) ? false : error);
          const phase = spec.kind === 'read' ? 'open' : 'committing';
          reject(planError(plan, error, phase));
        }
      });
    });
  });
}

const nothing = [] as const;

/** An error as the domain wants it. */
export function planError<Result>(plan: Plan<Result>, error: Error, phase: 'open' | 'committing'): Error {
  const ours = driverError(error, phase);
  return plan.failure === undefined ? ours : plan.failure(ours);
}

function resolveWith<Result>(
  make: () => Result,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
): void {
  let result: Result;
  try {
    result = make();
  } catch (error) {
    return reject(error);
  }
  resolve(result);
}

/** Rejects when the signal aborts or the deadline passes first; null where neither is given. */
function waitingFor(
  { signal, deadlineMs }: CallOptions,
  reject: (error: unknown) => void,
): { isOver(): boolean } | null {
  if (signal === undefined && deadlineMs === undefined) return null;
  signal?.throwIfAborted();
  let isOver = false;
  const end = (error: unknown): void => {
    isOver = true;
    reject(error);
  };
  const onAbort = (): void => end(signal!.reason);
  const timer = deadlineMs === undefined ? undefined : setTimeout(() => end(new DeadlineExceeded()), deadlineMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    isOver() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      return isOver;
    },
  };
}
