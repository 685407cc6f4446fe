import { databaseTime, type UpdaterSpec } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from '@holdfast/querier';
import { SessionConditions } from './session-conditions.js';
import type { SessionRow } from './session-row.js';
import { isTerminal, legalPredecessors, SESSION_STATUSES, type SessionStatus } from './session-status.js';

/** What moving a session to a status changes, and which sessions may be moved there. */
export interface SessionTransition extends UpdaterSpec<SessionRow> {
  readonly condition: QueryCondition<SessionRow>;
}

/** The move to a status. Throws `InvalidInput` where there is no such status. */
export function sessionTransition(to: SessionStatus): SessionTransition {
  if (!SESSION_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of a session.', '/status');
  const times = isTerminal(to)
    ? { statusChangedAt: databaseTime, terminatedAt: databaseTime }
    : { statusChangedAt: databaseTime };
  return { condition: SessionConditions.statusIn(legalPredecessors(to)), changes: { status: to, ...times } };
}
