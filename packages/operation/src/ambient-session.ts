import { Surrounding } from './surrounding.js';

/** Runs `work` marked as being inside an open dbSession, so that policies which replay let it pass. */
export function withinAmbientSession<Result>(dbSession: object, work: () => Result): Result {
  return new Surrounding(dbSession, null).run(work);
}

/** The open dbSession that the running code belongs to, or null. */
export function ambientSession(): object | null {
  return Surrounding.current?.ambientSession ?? null;
}

/** Whether the running code belongs to an open dbSession of these, be it through others inside of it. */
export function isWithinSessionOf(dbSessions: ReadonlySet<object>): boolean {
  let one = Surrounding.current;
  while (one !== null && !(one.dbSession !== null && dbSessions.has(one.dbSession))) one = one.outer;
  return one !== null;
}
