import type { ProjectId, UserId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** The user is not a member of the group. Status 404, code `group-member_read_not-found`. */
export class GroupMemberNotFound extends EntityNotFound {
  readonly groupId: ProjectId;
  readonly userUuid: UserId;

  constructor(groupId: ProjectId, userUuid: UserId) {
    super('group-member', `The user ${userUuid} is not a member of the group ${groupId}.`);
    this.groupId = groupId;
    this.userUuid = userUuid;
  }
}
