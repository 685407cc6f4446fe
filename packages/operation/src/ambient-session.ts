import { AsyncLocalStorage } from 'node:async_hooks';

const open = new AsyncLocalStorage<object>();

/** Runs `work` marked as being inside an open dbSession, so that policies which replay let it pass. */
export function withinAmbientSession<Result>(dbSession: object, work: () => Result): Result {
  return open.run(dbSession, work);
}

/** The open dbSession that the running code belongs to, or null. */
export function ambientSession(): object | null {
  return open.getStore() ?? null;
}
