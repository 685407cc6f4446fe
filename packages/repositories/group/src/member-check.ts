import type { UserId } from '@holdfast/domain-types';
import type { HoldfastError } from '@holdfast/errors';
import { AssignedUserNotFound } from './assigned-user-not-found.js';

/**
 * What must be there of users for them to become members: rows of a package that this one does not know. The rows are
 * locked (FOR SHARE) until the assignment is stored: whoever locks such a row to remove it comes before or after it.
 */
export interface MemberCheck {
  /** The table of the rows, with its schema where that is not in the search path: `app.users`. */
  readonly table: string;
  /** The column that holds the id of the user, a uuid, as the database calls it. */
  readonly column: string;
  /** The column that holds the name of the user's domain, which must be the group's; null where any domain will do. */
  readonly domainColumn: string | null;
  /** Whether rows that are marked in this column of theirs, as deleted, are as if they were not there. Default: none are. */
  readonly unlessMarked?: string;
  /** The error for a user without such a row. */
  readonly error: (userUuid: UserId) => HoldfastError;
}

/** That users exist, by where their rows are. The error is `AssignedUserNotFound`. */
export function existingUsers(users: Omit<MemberCheck, 'error'>): MemberCheck {
  return Object.freeze({ ...users, error: (userUuid: UserId) => new AssignedUserNotFound(userUuid) });
}
