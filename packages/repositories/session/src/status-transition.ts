import type { SessionStatus } from './session-status.js';

/** A change of a session's status that has happened: plain data, frozen. */
export interface StatusTransition {
  /** Counted from 1 within the session. */
  readonly number: number;
  readonly from: SessionStatus;
  readonly to: SessionStatus;
  readonly changedAt: Date;
}
