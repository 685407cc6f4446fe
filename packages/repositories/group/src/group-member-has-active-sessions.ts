import type { UserId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** A member is not removed while the user has active sessions in the group. Status 409, code `group-member_purge_conflict`. */
export class GroupMemberHasActiveSessions extends HoldfastError {
  readonly userUuid: UserId;

  constructor(userUuid: UserId) {
    super({
      code: errorCode('group-member', 'purge', 'conflict'),
      message: `The user ${userUuid} has active sessions in the group.`,
      httpStatus: 409,
    });
    this.userUuid = userUuid;
  }
}
