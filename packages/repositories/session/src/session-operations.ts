import { entityOperations } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { SessionAlreadyExists } from './session-already-exists.js';
import type { SessionInfo } from './session-info.js';
import { sessionIntegrity } from './session-integrity.js';
import { SessionNotFound } from './session-not-found.js';
import { sessionRowLevelSecurity } from './session-row-level-security.js';
import { SessionRow, toSessionInfo } from './session-row.js';

/** The standard operations of sessions. */
export const sessions = entityOperations<SessionRow, SessionInfo, SessionId>({
  entity: SessionRow,
  toData: toSessionInfo,
  notFound: (id) => new SessionNotFound(id),
  alreadyExists: () => new SessionAlreadyExists(),
  softDelete: 'deletedAt',
  rowLevelSecurity: sessionRowLevelSecurity,
  integrityErrorChecks: sessionIntegrity,
});
