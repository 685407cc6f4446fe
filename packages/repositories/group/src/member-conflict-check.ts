import type { ConflictCheck, ForeignRows } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import type { HoldfastError } from '@holdfast/errors';
import { GroupMemberHasActiveSessions } from './group-member-has-active-sessions.js';

/**
 * Refuses to remove a member while other rows refer to it by its group and its user, and to purge the group, which would
 * remove all of them. The rows of all tenants count.
 *
 * It is no foreign key: whoever creates such a row at the same moment is only kept out if they lock the membership too
 * (`requireMember` with `lock`).
 */
export interface MemberConflictCheck extends ForeignRows {
  /** The column that holds the id of the group, as the database calls it. */
  readonly groupColumn: string;
  /** The column that holds the id of the user. */
  readonly userColumn: string;
  /** The error for a member that has such rows; null for whichever it is of a group that would be purged. */
  readonly error: (userUuid: UserId | null) => HoldfastError;
}

/**
 * That members have no active sessions, by where sessions are and which of them count:
 * `{ table: 'sessions', groupColumn: 'group_id', userColumn: 'user_uuid', whose: { column: 'status', in: […] } }`.
 * The error is `GroupMemberHasActiveSessions`.
 */
export function noActiveSessions(sessions: Omit<MemberConflictCheck, 'error'>): MemberConflictCheck {
  return Object.freeze({
    ...sessions,
    error: (userUuid: UserId | null) => new GroupMemberHasActiveSessions(userUuid),
  });
}

/** What the check of members is for a group that would be purged: of whomever the rows are, the group is theirs. */
export function checkOfAllMembers({ groupColumn, userColumn: _, error, ...rows }: MemberConflictCheck): ConflictCheck {
  return { ...rows, column: groupColumn, error: () => error(null) };
}
