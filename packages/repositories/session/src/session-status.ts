/** The life of a session. */
export const SessionStatus = Object.freeze({
  /** Waits for resources. */
  PENDING: 'PENDING',
  /** Has agents reserved. */
  SCHEDULED: 'SCHEDULED',
  /** Images are being pulled. */
  PREPARING: 'PREPARING',
  /** Containers are being created. */
  CREATING: 'CREATING',
  RUNNING: 'RUNNING',
  TERMINATING: 'TERMINATING',
  /** Over. Terminal. */
  TERMINATED: 'TERMINATED',
  /** Ended before it ran. Terminal. */
  CANCELLED: 'CANCELLED',
  /** Failed, and may still hold resources until it is terminated. */
  ERROR: 'ERROR',
});

export type SessionStatus = (typeof SessionStatus)[keyof typeof SessionStatus];

export const SESSION_STATUSES: readonly SessionStatus[] = Object.freeze(Object.values(SessionStatus));

const successors: Readonly<Record<SessionStatus, readonly SessionStatus[]>> = {
  PENDING: ['SCHEDULED', 'CANCELLED', 'ERROR'],
  SCHEDULED: ['PREPARING', 'PENDING', 'TERMINATING', 'CANCELLED', 'ERROR'],
  PREPARING: ['CREATING', 'PENDING', 'TERMINATING', 'CANCELLED', 'ERROR'],
  CREATING: ['RUNNING', 'TERMINATING', 'CANCELLED', 'ERROR'],
  RUNNING: ['TERMINATING', 'ERROR'],
  TERMINATING: ['TERMINATED', 'ERROR'],
  TERMINATED: [],
  CANCELLED: [],
  ERROR: ['TERMINATING', 'TERMINATED'],
};

/** Whether nothing can follow: the session is over. */
export function isTerminal(status: SessionStatus): boolean {
  return successors[status].length === 0;
}

/** Whether a session may go from one status straight to another. No status follows itself. */
export function isLegalTransition(from: SessionStatus, to: SessionStatus): boolean {
  return successors[from].includes(to);
}

/** The statuses that a session may come from. Empty for none: a status that can only be the first. */
export function legalPredecessors(to: SessionStatus): readonly SessionStatus[] {
  return SESSION_STATUSES.filter((from) => isLegalTransition(from, to));
}

/** Not over: a name is taken by these. */
export const LIVE_SESSION_STATUSES: readonly SessionStatus[] = Object.freeze(
  SESSION_STATUSES.filter((status) => !isTerminal(status)),
);

/** Scheduled and not yet over or failed: what counts as active in a scaling group. */
export const ACTIVE_SESSION_STATUSES: readonly SessionStatus[] = Object.freeze([
  'SCHEDULED',
  'PREPARING',
  'CREATING',
  'RUNNING',
  'TERMINATING',
]);
