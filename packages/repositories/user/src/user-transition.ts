import { databaseTime } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Transition } from '@holdfast/standard-repository';
import { where } from '@holdfast/querier';
import type { UserInfo } from './user-info.js';
import type { UserRow } from './user-row.js';
import { UserStatusConflict } from './user-status-conflict.js';
import { isLegalTransition, legalPredecessors, LIVE_USER_STATUSES, type LiveUserStatus } from './user-status.js';

/** The move to a status. Throws `InvalidInput` where there is no such status, or it is not come by this way. */
export function userTransition(to: LiveUserStatus, statusInfo: string | null): Transition<UserRow, UserInfo> {
  if (!LIVE_USER_STATUSES.includes(to)) {
    throw new InvalidInput('INVALID_VALUE', 'No status that a user is moved to; delete() deletes.', '/status');
  }
  return {
    condition: where<UserRow>({ liveStatus: { in: legalPredecessors(to) } }),
    changes: { liveStatus: to, statusInfo, statusChangedAt: databaseTime },
    isLegal: ({ status }) => isLegalTransition(status, to),
    conflict: ({ id, status }) => new UserStatusConflict(id, status, to),
  };
}
