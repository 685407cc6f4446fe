import type { SessionResult } from './session-result.js';
import type { SessionStatus } from './session-status.js';

/** The life that a session has had elsewhere: for imports, which take over what exists already. */
export interface SessionPast {
  readonly status: SessionStatus;
  /** Default: `createdAt`. */
  readonly statusChangedAt?: Date;
  /** Default null. */
  readonly statusInfo?: string | null;
  /** Default null. */
  readonly result?: SessionResult | null;
  readonly createdAt: Date;
  /** Default null. */
  readonly terminatedAt?: Date | null;
}
