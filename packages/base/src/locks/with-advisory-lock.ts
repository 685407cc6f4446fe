import { Misuse } from '@holdfast/errors';
import { AdvisoryLockLost } from '../errors/advisory-lock-lost.js';
import type { ConnectionPool } from '../wire/connection-pool.js';
import { LockHolder } from './lock-holder.js';
import type { LockLimits } from './lock-limits.js';
import { untilLocked } from './until-locked.js';

const CHECK_EVERY_MS = 10_000;

/** What a lock is called in errors, and the number that PostgreSQL knows it by. */
export interface AdvisoryLock {
  readonly name: string;
  readonly key: string;
}

/**
 * What runs under a lock. `signal` aborts when the lock is lost; `confirm` asks the server whether it is still held, and
 * throws AdvisoryLockLost if not: for before what cannot be taken back.
 */
export type LockedWork<Result> = (signal: AbortSignal, confirm: () => Promise<void>) => Promise<Result>;

/** Makes an attempt to take a lock, or none now. */
export type Attempt = (take: () => Promise<LockHolder | null>) => Promise<LockHolder | null>;

/** Runs `work` under a lock, however many there are. */
export async function withAdvisoryLock<Result>(
  pool: ConnectionPool,
  { name, key }: AdvisoryLock,
  work: LockedWork<Result>,
  options: LockLimits,
  attempt: Attempt,
): Promise<Result> {
  const { signal, checkEveryMs = CHECK_EVERY_MS } = options;
  if (!(checkEveryMs >= 1)) throw new Misuse('checkEveryMs must be a number of milliseconds, at least 1.');
  const lost = new AbortController();
  const onLost = (cause: Error): void => lost.abort(new AdvisoryLockLost(name, cause));
  const holder = await untilLocked(name, options, () =>
    attempt(() => LockHolder.take(pool, key, { ...options, checkEveryMs }, onLost)),
  );

  let workError: unknown = null;
  try {
    const result = await work(signal === undefined ? lost.signal : AbortSignal.any([signal, lost.signal]), async () => {
      await holder.confirm();
      lost.signal.throwIfAborted();
    });
    await holder.release();
    if (!lost.signal.aborted) return result;
  } catch (error) {
    workError = error;
    await holder.release();
    if (!lost.signal.aborted) throw error;
  }
  const { cause } = lost.signal.reason as AdvisoryLockLost;
  throw new AdvisoryLockLost(name, cause, workError === lost.signal.reason ? null : workError);
}
