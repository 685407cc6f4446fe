import { entityOperations } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { SessionAlreadyExists, type SessionInfo, SessionNotFound, sessionRowLevelSecurity } from '../../src/index.js';
import { SessionRow, toSessionInfo } from '../../src/session-row.js';

/** The standard operations of sessions, for the sources that these tests write themselves. */
export const sessions = entityOperations<SessionRow, SessionInfo, SessionId>({
  entity: SessionRow,
  toData: toSessionInfo,
  notFound: (id) => new SessionNotFound(id),
  alreadyExists: () => new SessionAlreadyExists(),
  softDelete: 'deletedAt',
  rowLevelSecurity: sessionRowLevelSecurity,
});
