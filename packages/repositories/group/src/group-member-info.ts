import type { ProjectId, UserId } from '@holdfast/domain-types';

/** That a user is a member of a group, and since when. */
export interface GroupMemberInfo {
  readonly groupId: ProjectId;
  readonly userUuid: UserId;
  readonly createdAt: Date;
}
