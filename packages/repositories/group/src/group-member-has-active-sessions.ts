import type { UserId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A member is not removed, and its group not purged, while it has active sessions in the group. Status 409, code
 * `group-member_purge_conflict`.
 */
export class GroupMemberHasActiveSessions extends HoldfastError {
  /** Null where the group was to be purged: there may be several. */
  readonly userUuid: UserId | null;

  constructor(userUuid: UserId | null) {
    super({
      code: errorCode('group-member', 'purge', 'conflict'),
      message: `${userUuid === null ? 'A member' : `The user ${userUuid}`} has active sessions in the group.`,
      httpStatus: 409,
    });
    this.userUuid = userUuid;
  }
}
