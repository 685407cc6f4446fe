import { AsyncLocalStorage } from 'node:async_hooks';

/** A dbSession that code runs in, for as long as it is open. What outlives it (timers, for instance) keeps the mark. */
interface Surrounding {
  readonly dbSession: object;
  readonly outer: Surrounding | null;
  isOpen: boolean;
}

const surroundings = new AsyncLocalStorage<Surrounding>();

/** Runs `work` marked as being inside an open dbSession, so that policies which replay let it pass. */
export function withinAmbientSession<Result>(dbSession: object, work: () => Result): Result {
  const inside: Surrounding = { dbSession, outer: surroundings.getStore() ?? null, isOpen: true };
  const end = (): void => void (inside.isOpen = false);
  let result: Result;
  try {
    result = surroundings.run(inside, work);
  } catch (error) {
    end();
    throw error;
  }
  if (result instanceof Promise) result.then(end, end);
  else end();
  return result;
}

/** The open dbSession that the running code belongs to, or null. */
export function ambientSession(): object | null {
  let one = surroundings.getStore() ?? null;
  while (one !== null && !one.isOpen) one = one.outer;
  return one === null ? null : one.dbSession;
}

/** Whether the running code belongs to an open dbSession of these, be it through others inside of it. */
export function isWithinSessionOf(dbSessions: ReadonlySet<object>): boolean {
  let one = surroundings.getStore() ?? null;
  while (one !== null && !(one.isOpen && dbSessions.has(one.dbSession))) one = one.outer;
  return one !== null;
}
