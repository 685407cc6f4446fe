import type { SessionId } from '@holdfast/domain-types';
import type { PendingSession } from './pending-session.js';

/** A pending session that cannot start: what it waits for came to nothing. Somebody has to cancel it, or to let it wait no longer. */
export interface BlockedSession extends PendingSession {
  /** The sessions it waits for that are over without success, or deleted before they were over; by id, at least one. */
  readonly failedDependencies: readonly SessionId[];
}
