import type { ForeignRows } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import type { HoldfastError } from '@holdfast/errors';
import { AssignedUserNotFound } from './assigned-user-not-found.js';

/**
 * What must be there of users for them to become members: rows of a package that this one does not know. The rows are
 * locked (FOR SHARE) until the assignment is stored: whoever locks such a row to remove it comes before or after it.
 */
export interface MemberCheck extends ForeignRows {
  /** The column that holds the id of the user, a uuid, as the database calls it. */
  readonly column: string;
  /** The column that holds the name of the user's domain, which must be the group's; null where any domain will do. */
  readonly domainColumn: string | null;
  /** The error for a user without such a row. */
  readonly error: (userUuid: UserId) => HoldfastError;
}

/** That users exist, by where their rows are. The error is `AssignedUserNotFound`. */
export function existingUsers(users: Omit<MemberCheck, 'error'>): MemberCheck {
  return Object.freeze({ ...users, error: (userUuid: UserId) => new AssignedUserNotFound(userUuid) });
}
