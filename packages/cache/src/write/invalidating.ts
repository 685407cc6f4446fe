import { isHoldfastError } from '@holdfast/errors';
import { ambientSession } from '@holdfast/operation';
import type { CacheSource, CacheSuspension, EntityCacheSource } from '../cache-source.js';

/**
 * Runs a write of what the cache may hold for `keys`. They are suspended before it, so that nobody stores what was read
 * before its commit, and invalidated when it is over: within an open dbSession when that is.
 *
 * Where it is not known what became of the write, they stay suspended for the time that the source gives them
 * (`suspensionMs`). Throws `CacheUnavailable`, with nothing written, from a source whose writes are strict.
 *
 * `dbSession`: the one that the write is part of. Default: the one that the running code belongs to.
 */
export async function invalidating<Key, Result>(
  cache: Pick<CacheSource<Key, never>, 'suspend'>,
  keys: readonly Key[],
  write: () => Promise<Result>,
  dbSession: object | null = ambientSession(),
): Promise<Result> {
  return whileSuspended(await cache.suspend(keys), write, dbSession);
}

/** The same for a write that does not know what it changes, a batch by a condition for one: of all keys of a tenant. */
export async function invalidatingAll<Result>(
  cache: Pick<EntityCacheSource<never, never>, 'suspendAll'>,
  tenant: string | null,
  write: () => Promise<Result>,
  dbSession: object | null = ambientSession(),
): Promise<Result> {
  return whileSuspended(await cache.suspendAll(tenant), write, dbSession);
}

async function whileSuspended<Result>(
  suspension: CacheSuspension,
  write: () => Promise<Result>,
  dbSession: object | null,
): Promise<Result> {
  if (dbSession !== null) return withinSession(dbSession, suspension, write);
  let result: Result;
  try {
    result = await write();
  } catch (error) {
    // What was lost may still be committed by the server.
    if (isHoldfastError(error) && error.outcome !== 'unknown') await suspension.resume();
    throw error;
  }
  await suspension.resume();
  return result;
}

interface Awaitable {
  afterCommit(work: () => Promise<void>): void;
  afterRollback(work: () => Promise<void>): void;
}

async function withinSession<Result>(
  dbSession: object,
  suspension: CacheSuspension,
  write: () => Promise<Result>,
): Promise<Result> {
  // Of a dbSession that is none of ours nothing is heard: then the suspension ends by itself.
  if (isAwaitable(dbSession)) {
    dbSession.afterCommit(() => suspension.resume());
    dbSession.afterRollback(() => suspension.resume());
  }
  return write();
}

function isAwaitable(dbSession: object): dbSession is Awaitable {
  return 'afterCommit' in dbSession && 'afterRollback' in dbSession;
}
