import type { ProjectId, UserId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';
import type { GroupMemberInfo } from './group-member-info.js';

/** A row of the table `group_members`: that a user is a member of a group. Callers get `GroupMemberInfo`. */
export interface GroupMemberRow {
  groupId: ProjectId;
  userUuid: UserId;
  createdAt: Date;
  /** A GroupRow, whose side of the relation is the one to ask over. */
  readonly group?: { readonly id: ProjectId };
}

export const GroupMemberRow = new EntitySchema<GroupMemberRow>({
  name: 'GroupMember',
  tableName: 'group_members',
  columns: {
    groupId: {
      name: 'group_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'group_members_pkey',
    },
    userUuid: {
      name: 'user_uuid',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'group_members_pkey',
    },
    createdAt: { name: 'created_at', type: 'timestamp with time zone', createDate: true },
  },
  relations: {
    group: {
      type: 'many-to-one',
      target: 'Group',
      inverseSide: 'members',
      joinColumn: { name: 'group_id', foreignKeyConstraintName: 'group_members_group_fkey' },
      onDelete: 'CASCADE',
    },
  },
  indices: [
    { name: 'group_members_user_idx', columns: ['userUuid', 'groupId'] },
    { name: 'group_members_created_idx', columns: ['groupId', 'createdAt', 'userUuid'] },
  ],
});

export function toGroupMemberInfo({ groupId, userUuid, createdAt }: GroupMemberRow): GroupMemberInfo {
  return Object.freeze({ groupId, userUuid, createdAt });
}
