import { databaseTime } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Transition } from '@holdfast/standard-repository';
import { SessionConditions } from './session-conditions.js';
import type { SessionInfo } from './session-info.js';
import type { SessionRow } from './session-row.js';
import { SessionStatusConflict } from './session-status-conflict.js';
import {
  isLegalTransition,
  isTerminal,
  legalPredecessors,
  SESSION_STATUSES,
  type SessionStatus,
} from './session-status.js';

/** The move to a status. Throws `InvalidInput` where there is no such status. */
export function sessionTransition(to: SessionStatus): Transition<SessionRow, SessionInfo> {
  if (!SESSION_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of a session.', '/status');
  const times = isTerminal(to)
    ? { statusChangedAt: databaseTime, terminatedAt: databaseTime }
    : { statusChangedAt: databaseTime };
  return {
    condition: SessionConditions.statusIn(legalPredecessors(to)),
    changes: { status: to, ...times },
    isLegal: ({ status }) => isLegalTransition(status, to),
    conflict: ({ id, status }) => new SessionStatusConflict(id, status, to),
  };
}
