import type { ConflictCheck } from '@holdfast/base';
import type { LiveSessionsCheckArgs } from './live-sessions-check.js';
import { UserHasSessions } from './user-has-sessions.js';

/**
 * Refuses to purge a user who has sessions, be they over: where their foreign key keeps them with their user. After
 * `liveSessionsCheck`, whose error says more: `conflictChecks: [liveSessionsCheck({ liveStatuses }), sessionsCheck()]`.
 */
export function sessionsCheck({
  table = 'sessions',
  column = 'user_uuid',
}: Pick<LiveSessionsCheckArgs, 'table' | 'column'> = {}): ConflictCheck {
  return Object.freeze({ table, column, error: () => new UserHasSessions() });
}
