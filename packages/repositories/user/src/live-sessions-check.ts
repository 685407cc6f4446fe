import type { ConflictCheck } from '@holdfast/base';
import { UserHasLiveSessions } from './user-has-live-sessions.js';

/** Where the sessions of users are, in the words of the database. */
export interface LiveSessionsCheckArgs {
  /** With its schema where that is not in the search path. Default `sessions`. */
  readonly table?: string;
  /** The column that holds whose a session is. Default `user_uuid`. */
  readonly column?: string;
  /** Default `status`. */
  readonly statusColumn?: string;
  /** The statuses of a session that is not over. */
  readonly liveStatuses: readonly string[];
}

/**
 * Refuses to purge a user who has live sessions, deleted (soft) ones too, for deleting a session does not end it:
 * `UserRepositories.create({ database, conflictChecks: [liveSessionsCheck({ liveStatuses: LIVE_SESSION_STATUSES })] })`.
 */
export function liveSessionsCheck({
  table = 'sessions',
  column = 'user_uuid',
  statusColumn = 'status',
  liveStatuses,
}: LiveSessionsCheckArgs): ConflictCheck {
  const whose = { column: statusColumn, in: liveStatuses };
  return Object.freeze({ table, column, whose, error: () => new UserHasLiveSessions() });
}
