import { type Surrounding, surrounding, surroundingOf, within } from './surrounding.js';

/** Runs `work` marked as being inside an open dbSession, so that policies which replay let it pass. */
export function withinAmbientSession<Result>(dbSession: object, work: () => Result): Result {
  return within(dbSession, null, work);
}

/** The open dbSession that the running code belongs to, or null. */
export function ambientSession(): object | null {
  let one: Surrounding | null = surrounding();
  while (one !== null && one.dbSession === null) one = surroundingOf(one);
  return one === null ? null : one.dbSession;
}

/** Whether the running code belongs to an open dbSession of these, be it through others inside of it. */
export function isWithinSessionOf(dbSessions: ReadonlySet<object>): boolean {
  let one: Surrounding | null = surrounding();
  while (one !== null && !(one.dbSession !== null && dbSessions.has(one.dbSession))) one = surroundingOf(one);
  return one !== null;
}
